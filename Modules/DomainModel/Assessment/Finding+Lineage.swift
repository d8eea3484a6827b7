extension Finding {
    /// The same finding with its lineage code.
    public func with(lineage: String) -> Finding {
        var copy = self
        copy.lineage = lineage
        return copy
    }
}
