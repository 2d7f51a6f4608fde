namespace Kiwire.Server.Sessions;

/// <summary>The values of Acct-Terminate-Cause that the server gives itself (RFC 2866, 5.10).</summary>
internal static class TerminateCause
{
    public const int LostCarrier = 2;
    public const int NasReboot = 11;
}
