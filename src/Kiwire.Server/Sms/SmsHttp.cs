using System.Net;
using System.Text;
using Kiwire.Server.Web;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>
/// Hands messages to gateways over HTTP. A connector is an operator's text, and must not become a way into the network: private and special
/// addresses are refused after names are resolved, on the very connection that is used; http:// and redirects are not followed; answers
/// are read to a bound.
/// </summary>
internal sealed class SmsHttp : IDisposable
{
    /// <summary>What is said of an address that is not public.</summary>
    public const string PrivateAddress = "The gateway's address is private or special, which Kiwire:Sms:AllowPrivateAddresses would have to allow.";

    private const int LongestAnswer = 64 * 1024;
    private const int LongestShownAnswer = 4096;

    private readonly HttpClient _client;
    private readonly SmsOptions _options;
    private readonly GenericForm _generic;
    private readonly TwilioForm _twilio = new();
    private readonly MessageBirdForm _messageBird = new();
    private readonly MessageBirdV1Form _messageBirdV1 = new();
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly SmsMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ISmsStandIn[] _standIns;

    public SmsHttp(IOptions<SmsOptions> options, SmsPresetCatalog presets, SmsMetrics metrics, TimeProvider time, IEnumerable<ISmsStandIn> standIns)
        : this(options.Value, presets, metrics, time, Dns.GetHostAddressesAsync) => _standIns = [.. standIns];

    /// <param name="options">What is allowed, and how long.</param>
    /// <param name="presets">The generic provider's.</param>
    /// <param name="metrics">Counts outcomes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="resolve">Addresses of a name.</param>
    internal SmsHttp(
        SmsOptions options, SmsPresetCatalog presets, SmsMetrics metrics, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options;
        _generic = new GenericForm(presets);
        _metrics = metrics;
        _time = time;
        _resolve = resolve;
        _standIns = [];
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy.Length > 0,
            Proxy = options.Proxy.Length > 0 ? new WebProxy(options.Proxy) : null,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(options.RequestSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxConnectionsPerServer = options.ParallelRequests,
            MaxResponseHeadersLength = 32,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a message by a connector, once.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; whether the gateway has it is not known.</exception>
    public async Task<SmsAttempt> SendAsync(SmsConnector connector, SmsDispatch dispatch, CancellationToken cancellationToken)
    {
        SecretFilter filter = new(connector, dispatch);
        long began = _time.GetTimestamp();
        SmsAttempt attempt;
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(_options.RequestSeconds), _time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            attempt = await ExchangeAsync(connector, dispatch, filter, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            attempt = new SmsAttempt(new SmsOutcome.Retry($"It did not answer within {_options.RequestSeconds} s."), null, "");
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException refused)
        {
            attempt = new SmsAttempt(new SmsOutcome.Final(refused.Message), null, "");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            string reason = e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http ? $"{http.HttpRequestError}: {e.Message}" : e.Message;
            attempt = new SmsAttempt(new SmsOutcome.Retry($"It cannot be reached: {reason}"), null, "");
        }
        catch (SmsConnectorException e)
        {
            attempt = new SmsAttempt(new SmsOutcome.Final(e.Message), null, "");
        }

        _metrics.Requested(connector.Provider, attempt.Outcome, _time.GetElapsedTime(began));
        return attempt with { Outcome = filter.Apply(attempt.Outcome) };
    }

    public void Dispose() => _client.Dispose();

    private SmsForm FormOf(SmsProvider provider) => provider switch
    {
        SmsProvider.Twilio => _twilio,
        SmsProvider.MessageBird => _messageBird,
        SmsProvider.MessageBirdV1 => _messageBirdV1,
        _ => _generic,
    };

    private async Task<SmsAttempt> ExchangeAsync(
        SmsConnector connector, SmsDispatch dispatch, SecretFilter filter, CancellationToken cancellationToken)
    {
        SmsForm form = FormOf(connector.Provider);
        using HttpRequestMessage request = form.Write(connector, dispatch);
        if (FindFault(request.RequestUri!) is { } fault)
        {
            return new SmsAttempt(new SmsOutcome.Final(fault), null, "");
        }

        ISmsStandIn? standIn = Array.Find(_standIns, standIn => standIn.Host == request.RequestUri!.Host);
        using HttpResponseMessage response = await (standIn?.AnswerAsync(request, cancellationToken)
            ?? _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken));
        SmsAnswer answer = new((int)response.StatusCode, await ReadAsync(response, cancellationToken), RetryAfterOf(response), filter);
        string shown = filter.Apply(answer.Body);
        shown = shown.Length <= LongestShownAnswer ? shown : shown[..LongestShownAnswer];
        return new SmsAttempt(form.Read(connector, answer), answer.Status, shown);
    }

    /// <summary>What speaks against an address before anything is resolved; null: nothing.</summary>
    public string? FindFault(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && _options.AllowPrivateAddresses))
        {
            return "The gateway's address must begin with https://.";
        }

        if (address.UserInfo.Length > 0)
        {
            return "The gateway's address must not have a user name in it; HTTP Basic has fields of its own.";
        }

        // By way of a proxy the name is resolved there; what is written as an address can be looked at here.
        return !_options.AllowPrivateAddresses && IPAddress.TryParse(address.DnsSafeHost, out IPAddress? literal) && !PublicAddress.Is(literal)
            ? PrivateAddress
            : null;
    }

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => PublicSockets.ConnectAsync(
        context.DnsEndPoint, _options.AllowPrivateAddresses || IsProxy(context.DnsEndPoint), PrivateAddress, _resolve, cancellationToken);

    private bool IsProxy(DnsEndPoint target) =>
        _options.Proxy.Length > 0 && new Uri(_options.Proxy) is var proxy && proxy.DnsSafeHost == target.Host && proxy.Port == target.Port;

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[LongestAnswer];
        int read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        Encoding encoding = response.Content.Headers.ContentType?.CharSet is { } name && name.Contains("8859-1", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8;
        return encoding.GetString(buffer, 0, read);
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response)
    {
        TimeSpan? after = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => null,
        };
        return after is { } wait && wait < TimeSpan.Zero ? TimeSpan.Zero : after;
    }
}
