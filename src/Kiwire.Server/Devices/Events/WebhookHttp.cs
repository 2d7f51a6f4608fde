using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Server.Web;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices.Events;

/// <summary>
/// Posts events to webhooks, signed. Its address is an operator's text, and must not become a way into the network: what is private or special
/// is refused on the very connection that is used, http:// and redirects are not followed, and nothing of the answer but its status is read.
/// </summary>
internal sealed class WebhookHttp : IDisposable
{
    /// <summary>Holds <c>t=SECONDS,v1=HEX</c>: HMAC-SHA-256 with the secret over <c>SECONDS.BODY</c>.</summary>
    public const string SignatureHeader = "Kiwire-Signature";

    public const string PrivateAddress = "The webhook's address is private or special, which Kiwire:Devices:AllowPrivateWebhooks would have to allow.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;
    private readonly bool _allowPrivate;
    private readonly TimeProvider _time;

    public WebhookHttp(IOptions<DevicesOptions> options, TimeProvider time)
        : this(options.Value.AllowPrivateWebhooks, time, Dns.GetHostAddressesAsync)
    {
    }

    internal WebhookHttp(bool allowPrivate, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _allowPrivate = allowPrivate;
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = (context, cancellationToken) => PublicSockets.ConnectAsync(context.DnsEndPoint, allowPrivate, PrivateAddress, resolve, cancellationToken),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 32,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>What speaks against an address before anything is resolved; null: nothing.</summary>
    public string? FindFault(string url)
    {
        const string Right = "it must be one such as https://alerts.example.net/kiwire";
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || (address.Scheme != Uri.UriSchemeHttps && !(_allowPrivate && address.Scheme == Uri.UriSchemeHttp)))
        {
            return $"is no https:// address; {Right}.";
        }

        if (address.UserInfo.Length > 0)
        {
            return $"has a user name in it; requests are signed instead, and {Right}.";
        }

        return !_allowPrivate && IPAddress.TryParse(address.DnsSafeHost, out IPAddress? literal) && !PublicAddress.Is(literal)
            ? $"leads to a private or special address, which Kiwire:Devices:AllowPrivateWebhooks would have to allow; {Right}."
            : null;
    }

    /// <summary>Posts a body once.</summary>
    /// <returns>Null: it was taken (2xx). Else why not, without anything of the answer.</returns>
    public async Task<string?> PostAsync(string url, ReadOnlyMemory<byte> secret, byte[] body, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(SignatureHeader, Sign(secret.Span, body, _time.GetUtcNow().ToUnixTimeSeconds()));
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"It answered HTTP {(int)response.StatusCode}; 2xx is wanted.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"It did not answer within {Patience.TotalSeconds:0} s.";
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return e.InnerException is AddressRefusedException refused ? refused.Message : $"It cannot be reached: {e.Message}";
        }
    }

    public void Dispose() => _client.Dispose();

    internal static string Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body, long seconds)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")), .. body];
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}");
    }
}
