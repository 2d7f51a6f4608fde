using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>
/// <c>/sms/callbacks</c>: gateways report what became of messages. They have no token; what counts is a right signature. Whatever is wrong
/// gets the same answer, so that nothing can be found out here.
/// </summary>
internal static class SmsCallbackEndpoints
{
    private const int LargestBody = 16 * 1024;

    public static void MapSmsCallbacks(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder callbacks = routes.MapGroup("/sms/callbacks").AllowAnonymous().ExcludeFromDescription();
        callbacks.MapPost("/twilio/{tenantId}/{connectorId}/{messageId}", TwilioAsync);
        callbacks.MapMethods("/messagebird/{tenantId}/{connectorId}/{messageId}", ["GET", "POST"], MessageBirdAsync);
    }

    private static async Task<Results<NoContent, StatusCodeHttpResult>> TwilioAsync(
        string tenantId, string connectorId, string messageId, HttpContext http, SmsConnectorDirectory connectors, SmsReports reports, IOptions<SmsOptions> options, CancellationToken cancellationToken)
    {
        Limit(http);
        if (options.Value.PublicUrl.Length == 0
            || !http.Request.HasFormContentType
            || !TryRead(tenantId, connectorId, messageId, out SubjectOfReport subject)
            || await connectors.GetAsync(subject.TenantId, subject.ConnectorId, cancellationToken) is not { Provider: SmsProvider.Twilio } connector)
        {
            return Refused();
        }

        if (await ReadFormAsync(http) is not { } form)
        {
            return Refused();
        }

        string address = SmsCallbackAddress.Of(options.Value, SmsCallbackAddress.Twilio, subject.TenantId, subject.ConnectorId, subject.MessageId).AbsoluteUri + http.Request.QueryString;
        if (!SmsReportSignature.IsTwilios(http.Request.Headers["X-Twilio-Signature"].ToString(), connector.Secrets[SmsSecrets.AuthToken], address, form))
        {
            return Refused();
        }

        if (SmsReport.OfTwilio(form["MessageStatus"].ToString()) is { } state)
        {
            await reports.RecordAsync(subject.TenantId, subject.MessageId, state, form["ErrorCode"].ToString(), cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, StatusCodeHttpResult>> MessageBirdAsync(
        string tenantId, string connectorId, string messageId, HttpContext http, SmsConnectorDirectory connectors, SmsReports reports, IOptions<SmsOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        Limit(http);
        if (options.Value.PublicUrl.Length == 0
            || !TryRead(tenantId, connectorId, messageId, out SubjectOfReport subject)
            || await connectors.GetAsync(subject.TenantId, subject.ConnectorId, cancellationToken) is not { Provider: SmsProvider.MessageBird } connector)
        {
            return Refused();
        }

        if (await ReadBodyAsync(http) is not { } body)
        {
            return Refused();
        }

        string address = SmsCallbackAddress.Of(options.Value, SmsCallbackAddress.MessageBird, subject.TenantId, subject.ConnectorId, subject.MessageId).AbsoluteUri + http.Request.QueryString;
        if (!SmsReportSignature.IsMessageBirds(
            http.Request.Headers["MessageBird-Signature-JWT"].ToString(), connector.Secrets[SmsSecrets.SigningKey], address, body, time.GetUtcNow()))
        {
            return Refused();
        }

        if (SmsReport.OfMessageBird(http.Request.Query["status"].ToString()) is { } state)
        {
            await reports.RecordAsync(subject.TenantId, subject.MessageId, state, http.Request.Query["statusReason"].ToString(), cancellationToken);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Null: it is too large, or no form after all.</summary>
    private static async Task<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFormAsync(new FormOptions { ValueCountLimit = 100, BufferBodyLengthLimit = LargestBody }, http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Null: it is too large.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpContext http)
    {
        byte[] body = new byte[LargestBody];
        try
        {
            int read = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
            return body[..read];
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    private static bool TryRead(string tenantId, string connectorId, string messageId, out SubjectOfReport subject)
    {
        bool isRead = long.TryParse(tenantId, NumberStyles.None, CultureInfo.InvariantCulture, out long tenant)
            & long.TryParse(connectorId, NumberStyles.None, CultureInfo.InvariantCulture, out long connector)
            & long.TryParse(messageId, NumberStyles.None, CultureInfo.InvariantCulture, out long message);
        subject = new SubjectOfReport(tenant, connector, message);
        return isRead;
    }

    private static StatusCodeHttpResult Refused() => TypedResults.StatusCode(StatusCodes.Status403Forbidden);

    private static void Limit(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }
    }

    private readonly record struct SubjectOfReport(long TenantId, long ConnectorId, long MessageId);
}
