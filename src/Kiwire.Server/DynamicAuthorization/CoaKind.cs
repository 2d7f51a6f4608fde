namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What a request was for. The numbers are stored.</summary>
internal enum CoaKind : byte
{
    Disconnect = 0,
    Coa = 1,

    /// <summary>A test of the NAS, about a session that cannot exist.</summary>
    Test = 2,
}
