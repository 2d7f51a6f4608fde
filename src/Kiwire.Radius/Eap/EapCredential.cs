using System.Security.Cryptography;

namespace Kiwire.Radius.Eap;

/// <summary>
/// What a peer has to prove that it knows. An unknown user has one too: it takes the same messages and the same work as any other, and
/// nothing proves it. It never prints itself.
/// </summary>
public sealed class EapCredential
{
    private EapCredential(ReadOnlyMemory<byte> password, bool known)
    {
        Password = password;
        IsKnown = known;
    }

    /// <summary>Of somebody who does not exist, or may not try: whatever the peer answers is wrong.</summary>
    public static EapCredential Unknown { get; } = new(RandomNumberGenerator.GetBytes(16), known: false);

    internal ReadOnlyMemory<byte> Password { get; }

    internal bool IsKnown { get; }

    internal bool AcceptsEmptyPassword { get; private init; }

    internal bool CallerJudgesText { get; private init; }

    /// <summary>A password in clear.</summary>
    /// <param name="password">The password, UTF-8. The memory is not copied and must not change.</param>
    /// <param name="acceptsEmpty">Whether an empty password is right as well (a voucher's code as the name alone).</param>
    public static EapCredential OfPassword(ReadOnlyMemory<byte> password, bool acceptsEmpty = false) =>
        new(password, known: true) { AcceptsEmptyPassword = acceptsEmpty };

    /// <summary>
    /// What the peer types in Generic Token Card goes to the caller, as <see cref="EapOutcome.NeedsVerdict"/>, who may ask for more, such
    /// as a one-time code after a password. Nothing proves such a peer in the other methods, so offer none of them.
    /// </summary>
    public static EapCredential JudgedByCaller() =>
        new(Unknown.Password, known: false) { CallerJudgesText = true };

    /// <summary>Never the password.</summary>
    public override string ToString() => "(credential)";
}
