namespace Kiwire.Server.Sms;

/// <summary>
/// MessageBird's HTTP API of old: a form with user name and password; always HTTP 200, and the body is a code, 01 for success.
/// </summary>
internal sealed class MessageBirdV1Form : SmsForm
{
    public const string DefaultServer = "https://api.messagebird.com/api/sms";

    private const string Accepted = "01";

    /// <summary>The gateway cannot connect to its own parts.</summary>
    private const string CannotConnect = "99";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["69"] = "the date is not possible",
        ["70"] = "the time is wrong",
        ["71"] = "the time is in the past",
        ["72"] = "the message is too long",
        ["89"] = "the sender is not valid",
        ["93"] = "the recipient is not valid",
        ["95"] = "there is no message",
        ["96"] = "there are no credits",
        ["97"] = "user name or password is wrong",
        ["98"] = "this server's address may not send",
        [CannotConnect] = "it cannot connect",
    };

    public override HttpRequestMessage Write(SmsConnector connector, SmsDispatch dispatch) =>
        new(HttpMethod.Post, connector.Settings.ServerAddress)
        {
            Content = new FormUrlEncodedContent(
            [
                new("username", connector.Settings.Username),
                new("password", connector.Secrets[SmsSecrets.Password]),
                new("sender", connector.Settings.Sender),
                new("destination", dispatch.Phone.Digits),
                new("body", dispatch.Text),
            ]),
        };

    public override SmsOutcome Read(SmsConnector connector, SmsAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            return answer.ToFailure();
        }

        string code = answer.Body.Trim();
        if (code == Accepted)
        {
            return new SmsOutcome.Sent("");
        }

        string error = Meanings.TryGetValue(code, out string? meaning) ? $"{code}: {meaning}" : $"HTTP {answer.Status}: {answer.Excerpt}";
        return code == CannotConnect ? new SmsOutcome.Retry(error, answer.RetryAfter) : new SmsOutcome.Final(error);
    }
}
