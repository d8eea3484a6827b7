public import DomainModel
import Glibc

extension PlatformClientError: CustomStringConvertible {
    /// The message in English.
    public var description: String { message(in: .en) }

    /// What is wrong, where, and how to mend it, in one or two sentences.
    public func message(in language: Language) -> String { text[language] }

    private var text: LocalizedText {
        switch self {
        case .transport(let failure):
            return failure.text
        case .problem(let details):
            func sentence(_ language: Language) -> String {
                let what = details.detail[language].isEmpty ? details.title[language] : details.detail[language]
                let hint = details.hint[language]
                let end = what.last.map { ".。!！?？".contains($0) } == true ? "" : (language == .zh ? "。" : ".")
                return hint.isEmpty ? what : what + end + (language == .zh ? "" : " ") + hint
            }
            return LocalizedText(zh: sentence(.zh), en: sentence(.en))
        case .unexpectedStatus(let status, let address, let excerpt):
            let quote = excerpt.isEmpty ? "" : ": \(excerpt)"
            return LocalizedText(
                zh: "\(address) 返回状态 \(status)，但不是本平台的答复\(quote)。请检查地址是否正确，中间是否有代理。",
                en: "\(address) answered with status \(status), but not as this platform does\(quote). "
                    + "Check that the address is right and whether a proxy stands in between."
            )
        case .undecodable(let path, let expected, let reason):
            return LocalizedText(
                zh: "\(path) 的答复无法按 \(expected) 读取：\(reason)。客户端与服务的版本可能不一致。",
                en: "The answer of \(path) cannot be read as \(expected): \(reason). "
                    + "The client and the service may be of different versions."
            )
        case .replyTooLong(let path, let limit):
            return LocalizedText(
                zh: "\(path) 的答复超过 \(limit) 字节。请缩小查询范围或分页读取，或下载到文件。",
                en: "The answer of \(path) is longer than \(limit) bytes. "
                    + "Narrow the query, read it by pages, or download it to a file."
            )
        case .file(let path, let operation, let errno):
            let reason = Self.systemMessage(errno)
            return operation == .read
                ? LocalizedText(zh: "无法读取文件 \(path)：\(reason)。", en: "Cannot read the file \(path): \(reason).")
                : LocalizedText(zh: "无法写入文件 \(path)：\(reason)。", en: "Cannot write the file \(path): \(reason).")
        case .invalidAddress(let text):
            return LocalizedText(
                zh: "“\(text)”不是服务地址，应类似 http://127.0.0.1:8100 或 unix:/run/ceyuan/platform.sock。",
                en: "“\(text)” is not the address of a service; "
                    + "expected something like http://127.0.0.1:8100 or unix:/run/ceyuan/platform.sock."
            )
        }
    }

    /// The system's text of an error number.
    private static func systemMessage(_ number: Int32) -> String {
        // Thread-safe since glibc 2.32: the text lives in the thread.
        String(cString: strerror(number))
    }
}

extension TransportFailure: CustomStringConvertible {
    /// The message in English.
    public var description: String { text.en }

    /// What is wrong and how to mend it, in both languages.
    public var text: LocalizedText {
        switch kind {
        case .refused:
            LocalizedText(
                zh: "无法连接 \(address)：没有服务在此监听。请先启动服务，或检查地址与端口。",
                en: "Cannot connect to \(address): nothing listens there. "
                    + "Start the service, or check the address and port."
            )
        case .unknownHost:
            LocalizedText(
                zh: "找不到主机 \(address)。请检查主机名与域名解析。",
                en: "The host of \(address) is not known. Check its spelling and the name service."
            )
        case .timedOut:
            LocalizedText(
                zh: "\(address) 未在时限内答复。服务可能繁忙，请稍后重试或放宽时限。",
                en: "\(address) did not answer in time. The service may be busy: try again later, or allow more time."
            )
        case .insecure:
            LocalizedText(
                zh: "无法与 \(address) 建立安全连接：\(reason)。请检查证书及其颁发机构。",
                en: "No secure connection to \(address): \(reason). Check the certificate and who issued it."
            )
        case .broken:
            LocalizedText(
                zh: "与 \(address) 的连接中断：\(reason)。请求可能已生效，请先查询再重试。",
                en: "The connection to \(address) broke: \(reason). "
                    + "The request may have had its effect: look before repeating it."
            )
        case .other:
            LocalizedText(
                zh: "向 \(address) 的请求失败：\(reason)。",
                en: "The request to \(address) failed: \(reason)."
            )
        }
    }
}
