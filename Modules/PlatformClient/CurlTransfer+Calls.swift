import CLibCurl
import Glibc

/// What libcurl calls, on the engine's thread.
extension CurlTransfer {
    func take(header line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A new header block: what came before was an interim answer.
            replyHeaders.removeAll()
            received.removeAll()
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return }
        let value = text[text.index(after: colon)...].drop { $0.isWhitespace }
        let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
        replyHeaders.append((text[..<colon].lowercased(), String(value[..<end])))
    }

    func take(body chunk: UnsafeRawBufferPointer) -> Int {
        if case .file(let descriptor, let path) = request.incoming, status < 400 {
            var rest = chunk
            while !rest.isEmpty {
                let count = write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count < 0 {
                    failure = .file(path: path, doing: .write, errno: errno)
                    return 0
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return chunk.count
        }
        let limit = request.options.maximumReplyBytes
        guard received.count + chunk.count <= limit else {
            failure = .replyTooLong(path: request.url, limit: limit)
            return 0
        }
        received.append(contentsOf: chunk)
        return chunk.count
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let wanted = Int(min(Int64(buffer.count), sourceLength - sourceOffset))
        if wanted <= 0 { return 0 }
        switch request.outgoing {
        case .nothing:
            return 0
        case .bytes(let bytes):
            bytes.withUnsafeBytes { all in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: all[Int(sourceOffset)..<Int(sourceOffset) + wanted])
                )
            }
            sourceOffset += Int64(wanted)
            return wanted
        case .file(let path):
            while true {
                let count = pread(source, buffer.baseAddress, wanted, off_t(sourceOffset))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    // Shorter than its length said: somebody is writing to it. Half a file must not look whole.
                    failure = .file(path: path, doing: .read, errno: count == 0 ? ESTALE : errno)
                    return ceyuan_curl_read_abort()
                }
                sourceOffset += Int64(count)
                return count
            }
        }
    }

    func seek(to offset: Int64) -> Bool {
        guard (0...sourceLength).contains(offset) else { return false }
        sourceOffset = offset
        return true
    }

    /// At most ten calls a second, and one when all is done.
    func report(download: (Int64, Int64), upload: (Int64, Int64)) {
        let (done, total): (Int64, Int64) =
            if case .nothing = request.outgoing { download } else { (upload.0, sourceLength) }
        let now = ContinuousClock.now
        if let last = lastProgress {
            let isEnd = done == total && last.done != total
            guard done != last.done, isEnd || now - last.at >= .milliseconds(100) else { return }
        } else if done == 0 {
            return
        }
        lastProgress = (done, now)
        request.progress?(done, total)
    }
}

/// The functions that libcurl is given; each gets its transfer as an opaque pointer.
enum CurlCallbacks {
    static let header: curl_write_callback = { bytes, size, count, data in
        transfer(data)?.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
        return size * count
    }

    static let body: curl_write_callback = { bytes, size, count, data in
        transfer(data)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
    }

    static let read: curl_read_callback = { bytes, size, count, data in
        transfer(data)?.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
    }

    static let seek: curl_seek_callback = { data, offset, origin in
        origin == SEEK_SET && transfer(data)?.seek(to: Int64(offset)) == true
            ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK
    }

    static let progress: curl_xferinfo_callback = { data, downloadTotal, downloaded, uploadTotal, uploaded in
        transfer(data)?.report(
            download: (Int64(downloaded), Int64(downloadTotal)),
            upload: (Int64(uploaded), Int64(uploadTotal))
        )
        return 0
    }
}

private func transfer(_ data: UnsafeMutableRawPointer?) -> CurlTransfer? {
    data.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}
