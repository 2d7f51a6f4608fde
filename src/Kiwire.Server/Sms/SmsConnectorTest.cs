using System.ComponentModel;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>Tries a connector: sends one message by it, at once and once, and says what the gateway answered.</summary>
internal sealed class SmsConnectorTest(
    SmsConnectorRegister connectors, SmsHttp http, SmsOutbox outbox, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>Null with faults: nothing was sent.</summary>
    public async Task<(SmsTestBody? Body, IReadOnlyList<FieldFault> Faults)> RunAsync(
        SmsConnector saved, SmsTestRequest test, CancellationToken cancellationToken)
    {
        SmsConnector connector = saved;
        List<FieldFault> faults = [.. test.Connector is null ? [] : connectors.Try(test.Connector, saved, out connector)];
        if (!PhoneNumber.TryParse(test.Phone, country: null, out PhoneNumber phone, out string? fault))
        {
            faults.Add(new("phone", fault));
        }

        string text = test.Message ?? "";
        if (text.Trim().Length == 0 || text.Length > MessageTemplate.LongestText)
        {
            faults.Add(new("message", $"has {text.Length} characters; it must have 1 to {MessageTemplate.LongestText}."));
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        SmsAttempt attempt = await http.SendAsync(connector, new SmsDispatch { Phone = phone, Text = text }, cancellationToken);
        await LogAsync(saved, phone, text, attempt);
        return (SmsTestBody.Of(attempt, text), []);
    }

    private Task LogAsync(SmsConnector connector, PhoneNumber phone, string text, SmsAttempt attempt)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        SmsOutcome.Sent? sent = attempt.Outcome as SmsOutcome.Sent;
        SmsLogEntry entry = new()
        {
            TenantId = connector.TenantId,
            MessageId = ids.Next(),
            CreatedAt = now,
            Purpose = SmsPurpose.Test,
            Phone = phone.Masked,
            PhoneHash = outbox.HashOf(phone),
            Connector = connector.Name,
            State = sent is null ? SmsState.Failed : SmsState.Sent,
            ProviderId = sent?.ProviderId ?? "",
            Error = SmsTestBody.ErrorOf(attempt.Outcome) ?? "",
            Segments = sent?.Segments ?? SmsLength.Of(text).Segments,
            Attempts = 1,
            SentAt = sent is null ? null : now,
            EndedAt = sent is null ? now : null,
        };

        // It was sent, whoever has gone away meanwhile.
        return commits.EnqueueAsync(unit => SmsLogStore.InsertAsync(unit, entry), CancellationToken.None);
    }
}

/// <summary>A message to try a connector with.</summary>
internal sealed record SmsTestRequest
{
    [Description("With its calling code.")]
    public string? Phone { get; init; }

    public string? Message { get; init; }

    [Description("Fields that stand in for the saved ones, so that a change can be tried before it is saved; secrets left out are the saved ones.")]
    public SmsConnectorRequest? Connector { get; init; }
}

/// <summary>What came of it.</summary>
internal sealed record SmsTestBody
{
    [Description("sent, refused (for good), or notNow (it may go well later).")]
    public required SmsTestResult Result { get; init; }

    [Description("The HTTP status of the gateway's answer; not there: there was no answer.")]
    public int? Status { get; init; }

    [Description("The gateway's answer; secrets, the number and the message are blotted out.")]
    public required string Answer { get; init; }

    public string? Error { get; init; }

    public string? ProviderId { get; init; }

    public required int Segments { get; init; }

    public static SmsTestBody Of(SmsAttempt attempt, string text) => new()
    {
        Result = attempt.Outcome switch
        {
            SmsOutcome.Sent => SmsTestResult.Sent,
            SmsOutcome.Retry => SmsTestResult.NotNow,
            _ => SmsTestResult.Refused,
        },
        Status = attempt.Status,
        Answer = attempt.Answer,
        Error = ErrorOf(attempt.Outcome),
        ProviderId = attempt.Outcome is SmsOutcome.Sent { ProviderId.Length: > 0 } sent ? sent.ProviderId : null,
        Segments = (attempt.Outcome as SmsOutcome.Sent)?.Segments ?? SmsLength.Of(text).Segments,
    };

    public static string? ErrorOf(SmsOutcome outcome) => outcome switch
    {
        SmsOutcome.Final final => final.Error,
        SmsOutcome.Retry retry => retry.Error,
        _ => null,
    };
}

/// <summary>How a test ended.</summary>
internal enum SmsTestResult
{
    Sent,
    Refused,
    NotNow,
}
