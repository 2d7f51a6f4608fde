using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Sms;

/// <summary>
/// Whether a report was made by whoever knows the connector's secret: Twilio's X-Twilio-Signature and MessageBird's MessageBird-Signature-JWT.
/// Both cover the address, and with it the message.
/// </summary>
internal static class SmsReportSignature
{
    private const int ClockLeewaySeconds = 1;

    /// <summary>Base64 of HMAC-SHA1 under the auth token, over the address and the form's fields in the order of their names.</summary>
    public static bool IsTwilios(string signature, string authToken, string address, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        StringBuilder text = new(address);
        foreach ((string name, StringValues values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            foreach (string? value in values)
            {
                text.Append(name).Append(value);
            }
        }

        // Twilio's choice of hash; there is no other on this wire.
        byte[] expected = HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text.ToString()));
        Span<byte> given = stackalloc byte[64];
        return authToken.Length > 0
            && Convert.TryFromBase64String(signature, given, out int length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }

    /// <summary>A JWT under the signing key (HS256; MessageBird allows HS384 and HS512 too), issued by MessageBird for now, for this address and this body.</summary>
    public static bool IsMessageBirds(string token, string signingKey, string address, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        string[] parts = token.Split('.');
        if (signingKey.Length == 0 || parts.Length != 3)
        {
            return false;
        }

        try
        {
            using JsonDocument header = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[0]));
            byte[]? expected = Mac(Text(header, "alg"), Encoding.UTF8.GetBytes(signingKey), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
            if (expected is null || !CryptographicOperations.FixedTimeEquals(WebEncoders.Base64UrlDecode(parts[2]), expected))
            {
                return false;
            }

            using JsonDocument claims = JsonDocument.Parse(WebEncoders.Base64UrlDecode(parts[1]));
            long seconds = now.ToUnixTimeSeconds();
            string? bodyHash = Text(claims, "payload_hash");
            return Text(claims, "iss") == "MessageBird"
                && Number(claims, "nbf") is { } from && from <= seconds + ClockLeewaySeconds
                && Number(claims, "exp") is { } until && until >= seconds - ClockLeewaySeconds
                && Text(claims, "url_hash") == Sha256(Encoding.UTF8.GetBytes(address))
                && (body.IsEmpty ? bodyHash is null or "" : bodyHash == Sha256(body));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static byte[]? Mac(string? algorithm, byte[] key, byte[] text) => algorithm switch
    {
        "HS256" => HMACSHA256.HashData(key, text),
        "HS384" => HMACSHA384.HashData(key, text),
        "HS512" => HMACSHA512.HashData(key, text),
        _ => null,
    };

    private static string Sha256(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets));

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : null;
}
