// Written by dictionaries/Generate.cs from dictionary.rfc5176: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 5176 (and RFC 3576, which it replaces): Dynamic Authorization.</summary>
public static class Rfc5176
{
    /// <summary>Error-Cause (101): integer; in NAKs, and in ACKs from 201 to 299.</summary>
    public static readonly AttributeKey<uint> ErrorCause =
        new("Error-Cause", AttributePath.Standard(101), Codecs.Integer);
}

/// <summary>Values of Error-Cause (101).</summary>
public enum ErrorCause : uint
{
    /// <summary>Residual-Context-Removed.</summary>
    ResidualContextRemoved = 201,

    /// <summary>Invalid-EAP-Packet.</summary>
    InvalidEapPacket = 202,

    /// <summary>Unsupported-Attribute.</summary>
    UnsupportedAttribute = 401,

    /// <summary>Missing-Attribute.</summary>
    MissingAttribute = 402,

    /// <summary>NAS-Identification-Mismatch.</summary>
    NasIdentificationMismatch = 403,

    /// <summary>Invalid-Request.</summary>
    InvalidRequest = 404,

    /// <summary>Unsupported-Service.</summary>
    UnsupportedService = 405,

    /// <summary>Unsupported-Extension.</summary>
    UnsupportedExtension = 406,

    /// <summary>Invalid-Attribute-Value.</summary>
    InvalidAttributeValue = 407,

    /// <summary>Administratively-Prohibited.</summary>
    AdministrativelyProhibited = 501,

    /// <summary>Proxy-Request-Not-Routable.</summary>
    ProxyRequestNotRoutable = 502,

    /// <summary>Session-Context-Not-Found.</summary>
    SessionContextNotFound = 503,

    /// <summary>Session-Context-Not-Removable.</summary>
    SessionContextNotRemovable = 504,

    /// <summary>Proxy-Processing-Error.</summary>
    ProxyProcessingError = 505,

    /// <summary>Resources-Unavailable.</summary>
    ResourcesUnavailable = 506,

    /// <summary>Request-Initiated.</summary>
    RequestInitiated = 507,

    /// <summary>Multiple-Session-Selection-Unsupported.</summary>
    MultipleSessionSelectionUnsupported = 508,
}
