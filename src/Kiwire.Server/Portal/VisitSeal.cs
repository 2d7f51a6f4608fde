using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>
/// Seals visits: AES-256-GCM under a key of their own, derived from the installation's, so that every server opens what another has sealed.
/// Good for an hour.
/// </summary>
internal sealed class VisitSeal(SecretBox secrets, TimeProvider time)
{
    /// <summary>The longest that is looked at.</summary>
    public const int LongestText = 6000;

    private const string Purpose = "portal.visit";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // It goes into no page as it stands, and is the shorter for it.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<byte[]> _key = new(() => Convert.FromHexString(secrets.Fingerprint("seal"u8, Purpose)));

    public string Seal(Visit visit)
    {
        byte[] clear = JsonSerializer.SerializeToUtf8Bytes(visit, Json);
        byte[] sealedVisit = new byte[NonceLength + clear.Length + TagLength];
        Span<byte> nonce = sealedVisit.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(_key.Value, TagLength);
        cipher.Encrypt(nonce, clear, sealedVisit.AsSpan(NonceLength, clear.Length), sealedVisit.AsSpan(^TagLength..), Encoding.UTF8.GetBytes(Purpose));
        return Base64Url.EncodeToString(sealedVisit);
    }

    /// <summary>Opens what was sealed for a tenant's guest; false: it is none, another tenant's, or too old.</summary>
    public bool TryOpen(long tenantId, string? text, [NotNullWhen(true)] out Visit? visit)
    {
        visit = null;
        if (text is null or { Length: 0 or > LongestText } || !Base64Url.IsValid(text))
        {
            return false;
        }

        byte[] sealedVisit = Base64Url.DecodeFromChars(text);
        if (sealedVisit.Length <= NonceLength + TagLength)
        {
            return false;
        }

        byte[] clear = new byte[sealedVisit.Length - NonceLength - TagLength];
        using AesGcm cipher = new(_key.Value, TagLength);
        try
        {
            cipher.Decrypt(
                sealedVisit.AsSpan(0, NonceLength), sealedVisit.AsSpan(NonceLength, clear.Length), sealedVisit.AsSpan(^TagLength..), clear, Encoding.UTF8.GetBytes(Purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        Visit? opened = JsonSerializer.Deserialize<Visit>(clear);
        bool isGood = opened?.TenantId == tenantId && time.GetUtcNow().ToUnixTimeMilliseconds() - opened.CameAt <= Lifetime.TotalMilliseconds;
        visit = isGood ? opened : null;
        return isGood;
    }
}
