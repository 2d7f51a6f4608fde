using System.Text;
using System.Text.Encodings.Web;

namespace Kiwire.Server.Sms;

/// <summary>Blots out of a gateway's answer what the log and the API must not show: the connector's secrets, the number, the message.</summary>
internal sealed class SecretFilter
{
    private const string Blot = "***";

    /// <summary>What is shorter says nothing, and is in every answer.</summary>
    private const int ShortestMessage = 4;

    private readonly List<(string Text, string Instead)> _replacements = [];

    public SecretFilter(SmsConnector connector, SmsDispatch dispatch)
    {
        if (dispatch.Text.Length >= ShortestMessage)
        {
            Add(dispatch.Text, "(message)");
        }

        foreach (string secret in (IEnumerable<string>)[.. connector.Secrets.Values.Values, .. dispatch.Secrets])
        {
            Add(secret, Blot);
        }

        // The word of HTTP Basic holds the secret too.
        foreach (string password in connector.Secrets.Values.Values)
        {
            foreach (string user in (string[])[connector.Settings.AccountSid, connector.Settings.Generic.BasicUser, .. connector.Settings.Fields.Values])
            {
                _replacements.Add((Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")), Blot));
            }
        }

        _replacements.Add((dispatch.Phone.Digits, dispatch.Phone.Masked.TrimStart('+')));

        // The longest first: one may be a part of another.
        _replacements.Sort((a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    public string Apply(string text)
    {
        foreach ((string secret, string instead) in _replacements)
        {
            text = text.Replace(secret, instead, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    public SmsOutcome Apply(SmsOutcome outcome) => outcome switch
    {
        SmsOutcome.Final final => final with { Error = Apply(final.Error) },
        SmsOutcome.Retry retry => retry with { Error = Apply(retry.Error) },
        _ => outcome,
    };

    // As it is, and as addresses, forms and JSON write it, and UTF-16 in hexadecimal digits, as some gateways take it.
    private void Add(string secret, string instead)
    {
        if (secret.Length == 0)
        {
            return;
        }

        string escaped = Uri.EscapeDataString(secret);
        string[] writings =
        [
            secret, escaped, escaped.Replace("%20", "+", StringComparison.Ordinal), JavaScriptEncoder.Default.Encode(secret),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret), HtmlEncoder.Default.Encode(secret),
            Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(secret)),
        ];
        _replacements.AddRange(writings.Distinct().Select(writing => (writing, instead)));
    }
}
