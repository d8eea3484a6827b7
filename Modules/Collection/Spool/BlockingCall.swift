import Dispatch

/// Runs calls that wait for a disk on a thread of their own, so that no task's thread stands still.
enum BlockingCall {
    static func run<Failure: Error>(_ body: @escaping @Sendable () throws(Failure) -> Void) async throws(Failure) {
        let result: Result<Void, Failure> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let result: Result<Void, Failure>
                do throws(Failure) {
                    try body()
                    result = .success(())
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }
        }
        try result.get()
    }
}
