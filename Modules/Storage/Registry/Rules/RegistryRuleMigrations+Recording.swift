extension RegistryRuleMigrations {
    /// Runs have an instant of recorded time, so that the facts that stood at an instant have one answer for ever.
    static let recording = """
        -- From the clock, as the last thing of a run. Absent of runs from before, and those of an older program: of them
        -- it is only known when they began.
        ALTER TABLE registry.rule_run ADD COLUMN recorded_at timestamptz UNIQUE;
        GRANT UPDATE (recorded_at) ON registry.rule_run TO ceyuan_service;
        """
}
