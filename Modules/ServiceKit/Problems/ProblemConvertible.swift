/// An error of a module below, that knows what a caller is told about it.
///
/// A handler need not catch it: the host answers with the problem and logs the error itself.
public protocol ProblemConvertible: Error {
    /// What the caller is told; `nil` when it is a fault of the service.
    var problem: Problem? { get }
}
