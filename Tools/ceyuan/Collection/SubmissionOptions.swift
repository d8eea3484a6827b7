import ArgumentParser
import DomainModel

/// How a file is sent whose rows are loaded as a batch.
struct SubmissionOptions: ParsableArguments {
    @Option(help: "All rows or none, or the good ones; by default what the dataset allows, and all rows of records.")
    var mode: Batch.Mode?

    @Flag(help: "Do everything but write: the receipt is that of the submission.")
    var rehearse = false

    @Option(
        help: ArgumentHelp("Take the file only if its receipt will be this one, of a rehearsal.", valueName: "receipt")
    )
    var expect: String?

    @Flag(help: "Check and load a file again that was submitted before.")
    var reevaluate = false

    @Flag(name: .customLong("no-wait"), help: "Do not wait for the receipt; print the batch as it is.")
    var noWait = false

    /// The same for a ``Submission``.
    var choices: Submission.Choices {
        Submission.Choices(
            mode: mode,
            isRehearsal: rehearse,
            expected: expect,
            isReevaluation: reevaluate,
            waits: !noWait
        )
    }
}
