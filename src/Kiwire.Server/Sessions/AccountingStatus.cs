namespace Kiwire.Server.Sessions;

/// <summary>Acct-Status-Type (RFC 2866, 5.1), as far as it is kept. The numbers are stored in the journal.</summary>
internal enum AccountingStatus : byte
{
    None = 0,
    Start = 1,
    Stop = 2,
    Interim = 3,
    AccountingOn = 7,
    AccountingOff = 8,

    /// <summary>No packet: the server itself found that a session has had no news for three interim intervals.</summary>
    Stale = 200,
}
