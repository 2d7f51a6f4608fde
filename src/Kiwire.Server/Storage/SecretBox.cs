namespace Kiwire.Server.Storage;

/// <summary>
/// Encrypts what is secret at rest: AES-256-GCM under a data key that ASP.NET Data Protection wraps (its key ring is in
/// <c>data/keys</c> or in PostgreSQL), so that a million passwords can be read in seconds.
/// </summary>
internal sealed class SecretBox
{
    /// <summary>Encrypts; <paramref name="purpose"/> (such as "account.password") must be the same when reading.</summary>
    public byte[] Protect(ReadOnlySpan<byte> secret, string purpose) => throw new NotImplementedException();

    /// <summary>Decrypts; false where the octets were made under another key or purpose, or were changed.</summary>
    public bool TryUnprotect(ReadOnlySpan<byte> box, string purpose, out byte[] secret) => throw new NotImplementedException();
}
