// Filled by the test support.
