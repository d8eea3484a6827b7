extension ProblemCode {
    /// The shared kinds, in the order in which the documentation has them.
    public static let catalogue: [ProblemCode] =
        [
            routeNotFound, methodNotAllowed, requestMalformed, headTooLong, parameterInvalid, mediaTypeUnsupported,
            bodyTooLong, bodyMissing, bodyInvalid, notFound, keptFileMissing, keptFileSealed, storageFull, overloaded,
            databaseUnavailable,
            upstreamUnavailable, internalFault,
        ] + requestCatalogue + limitCatalogue + identityCatalogue
}
