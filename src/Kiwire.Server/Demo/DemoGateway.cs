using Kiwire.Server.Sms;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Demo;

/// <summary>
/// The demo's SMS gateway: passes what the connector <c>demo</c> sends on to <c>Kiwire:Demo:SmsUrl</c>, or, where there is none, writes it to
/// the log. Nothing but the demo may write a message to a log.
/// </summary>
internal sealed partial class DemoGateway(IOptions<DemoOptions> options, ILogger<DemoGateway> logger) : ISmsStandIn, IDisposable
{
    /// <summary>RFC 2606: no such name will ever be.</summary>
    public const string HostName = "sms.demo.invalid";

    public const string PhoneVariable = "phone";
    public const string MessageVariable = "message";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public string Host => HostName;

    public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (options.Value.SmsUrl.Length > 0)
        {
            return await _client.PostAsync(new Uri(options.Value.SmsUrl), new StringContent(body, request.Content?.Headers.ContentType), cancellationToken);
        }

        Dictionary<string, StringValues> form = QueryHelpers.ParseQuery(body);
        LogMessage(form.GetValueOrDefault(PhoneVariable).ToString(), form.GetValueOrDefault(MessageVariable).ToString());
        return new HttpResponseMessage { Content = new StringContent("OK") };
    }

    public void Dispose() => _client.Dispose();

    [LoggerMessage(1090, LogLevel.Information, "The demo's SMS to {Phone}: {Message}")]
    private partial void LogMessage(string phone, string message);
}
