using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// The secret that a RADIUS client and server share (RFC 2865, 3), with its keyed hashes prepared. Immutable and safe for
/// concurrent use. It never prints itself.
/// </summary>
public sealed class SharedSecret
{
    private readonly byte[] _octets;
    private readonly HmacMd5Key _hmac;
    private readonly Md5 _secretThen;

    /// <summary>Takes a copy of the secret's octets.</summary>
    /// <exception cref="ArgumentException">The secret is empty (RFC 2865, 3: it must not be).</exception>
    public SharedSecret(ReadOnlySpan<byte> secret)
    {
        if (secret.IsEmpty)
        {
            throw new ArgumentException("A shared secret must have at least one octet (RFC 2865, 3).", nameof(secret));
        }

        _octets = secret.ToArray();
        _hmac = new HmacMd5Key(secret);
        _secretThen = Md5.Start();
        _secretThen.Append(secret);
    }

    /// <summary>Takes a secret written as text; its UTF-8 octets are the secret.</summary>
    /// <exception cref="ArgumentException">The secret is empty.</exception>
    public SharedSecret(string secret)
        : this(Encoding.UTF8.GetBytes(secret ?? throw new ArgumentNullException(nameof(secret))))
    {
    }

    /// <summary>The secret's octets, for the hashes of this library only.</summary>
    internal ReadOnlySpan<byte> Octets => _octets;

    /// <summary>HMAC-MD5 under this secret.</summary>
    internal ref readonly HmacMd5Key Hmac => ref _hmac;

    /// <summary>An MD5 that has already taken the secret: the start of MD5(secret + ...) in password hiding.</summary>
    internal Md5 StartAfterSecret() => _secretThen;

    /// <summary>Whether two secrets are the same octets; takes the same time whatever they are.</summary>
    public bool SameAs(SharedSecret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_octets, other._octets);

    /// <summary>Never the secret.</summary>
    public override string ToString() => "(secret)";
}
