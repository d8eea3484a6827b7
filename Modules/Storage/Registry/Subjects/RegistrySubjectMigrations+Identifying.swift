extension RegistrySubjectMigrations {
    /// The class of fields that name persons: see the decision on files that name persons.
    static let identifying = """
        ALTER TABLE registry.field DROP CONSTRAINT field_privacy_check;
        ALTER TABLE registry.field ADD CONSTRAINT field_privacy_check
            CHECK (privacy IN ('open', 'internal', 'identifying', 'personal', 'sealed'));
        """
}
