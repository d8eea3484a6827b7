extension HealthReport.Figure: SchemaDescribing {
    /// A number or a text.
    public static var schema: ValueSchema { .anything("A number in the unit that its name says, or a text") }
    /// Nothing.
    public static var sample: HealthReport.Figure { 0 }
}
