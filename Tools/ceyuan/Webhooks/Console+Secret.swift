import DomainModel

extension Console {
    /// Prints a subscription with its secret, which is shown this once.
    ///
    /// - Parameters:
    ///   - answer: What the service answered.
    ///   - text: What to do when the secret is not shown, since the same request was answered before.
    /// - Throws: Errors of the output.
    func show(_ answer: Answer<NewWebhook>, ifAnsweredBefore text: LocalizedText) throws {
        if format == .json { return try write(try JSONText.document(answer.json)) }
        try show(answer.value.subscription)
        guard let secret = answer.value.secret else { return remark(text[language]) }
        remark(self("密钥（仅显示这一次）：", "Secret, shown this once:"))
        try line(secret)
    }
}
