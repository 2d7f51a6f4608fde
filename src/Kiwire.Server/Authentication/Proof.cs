using Kiwire.Radius.Eap;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>How the client has proved who it is.</summary>
/// <param name="method">By what.</param>
internal readonly ref struct Proof(LoginMethod method)
{
    public readonly LoginMethod Method = method;

    /// <summary>For MS-CHAP: the password that was proved, of which the keys are made; else empty.</summary>
    public ReadOnlySpan<byte> Password { get; init; }

    /// <summary>For EAP: the EAP-Success that the accept carries; else empty.</summary>
    public ReadOnlySpan<byte> EapSuccess { get; init; }

    /// <summary>For EAP methods that make keys: what MS-MPPE-Send-Key and -Recv-Key will hold; else null.</summary>
    public EapKeys? Keys { get; init; }

    /// <summary>For EAP: the EAP-Failure that goes out if admission refuses; else empty.</summary>
    public ReadOnlySpan<byte> EapFailure { get; init; }
}
