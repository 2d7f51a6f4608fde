using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kiwire.Server.Sms;

/// <summary>
/// A request as an operator describes it, for gateways without a form of their own: presets and Synchroweb are this with values filled in.
/// </summary>
internal sealed class GenericForm(SmsPresetCatalog presets) : SmsForm
{
    public override HttpRequestMessage Write(SmsConnector connector, SmsDispatch dispatch)
    {
        GenericShape shape = ShapeOf(connector);
        Dictionary<string, string> values = ValuesOf(connector);
        bool isUnicode = SmsLength.Of(dispatch.Text).Alphabet == SmsAlphabet.Ucs2;
        values[ValueText.Phone] = Format(dispatch.Phone, shape.PhoneFormat);
        values[ValueText.Message] = isUnicode && shape.UnicodeHex ? Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(dispatch.Text)) : dispatch.Text;

        List<KeyValuePair<string, string>> parameters = ParametersOf(connector, shape, values, isUnicode);
        HttpRequestMessage request = new(shape.IsPost ? HttpMethod.Post : HttpMethod.Get, AddressOf(shape, values, shape.IsPost ? [] : parameters));
        if (shape.IsPost)
        {
            request.Content = shape.Encoding == BodyEncoding.Json
                ? new StringContent(ToJson(parameters), Encoding.UTF8, "application/json")
                : new FormUrlEncodedContent(parameters);
        }

        foreach (NamedValue header in shape.Headers)
        {
            AddHeader(request, header.Name, ValueText.Fill(header.Value, values, value => value));
        }

        foreach (string name in shape.SecureHeaders)
        {
            AddHeader(request, name, connector.Secrets[SmsSecrets.OfHeader(name)]);
        }

        if (shape.BasicUser.Length > 0)
        {
            request.Headers.Authorization = Basic(
                ValueText.Fill(shape.BasicUser, values, value => value),
                shape.BasicPassword.Length > 0 ? ValueText.Fill(shape.BasicPassword, values, value => value) : connector.Secrets[SmsSecrets.BasicPassword]);
        }

        return request;
    }

    public override SmsOutcome Read(SmsConnector connector, SmsAnswer answer)
    {
        SuccessRule rule = ShapeOf(connector).Success;
        string body = answer.Body.Trim();
        JsonElement? json = rule.Path.Length > 0 || rule.IdPath.Length > 0 || rule.RetryPath.Length > 0 ? ReadObject(body) : null;
        bool isSuccess = answer.IsSuccess
            && body.StartsWith(rule.Begins, StringComparison.Ordinal)
            && body.Contains(rule.Contains, StringComparison.Ordinal)
            && (rule.Path.Length == 0 || (JsonPath.Find(json, rule.Path) is { } found && (rule.Value.Length == 0 || found == rule.Value)));
        if (isSuccess)
        {
            return new SmsOutcome.Sent(FindId(rule, body, json));
        }

        SmsOutcome failure = answer.IsSuccess
            ? new SmsOutcome.Final($"HTTP {answer.Status}: {(body.Length == 0 ? "an empty answer" : answer.Excerpt)}")
            : answer.ToFailure();

        // A gateway that answers 200 whatever happens says in its text that it is overrun, too.
        return failure is SmsOutcome.Final refusal && MayPass(rule, body, json) ? new SmsOutcome.Retry(refusal.Error, answer.RetryAfter) : failure;
    }

    /// <summary>What the request looks like: the connector's own shape, or the preset's, where it may have another address.</summary>
    /// <exception cref="SmsConnectorException">There is no such preset any more.</exception>
    private GenericShape ShapeOf(SmsConnector connector)
    {
        GenericShape own = connector.Settings.Generic;
        return connector.Settings.Preset.Length == 0 ? own
            : own.Uri.Length == 0 ? PresetOf(connector).Shape
            : PresetOf(connector).Shape with { Uri = own.Uri };
    }

    private SmsPreset PresetOf(SmsConnector connector) => presets.TryGet(connector.Settings.Preset, out SmsPreset? preset)
        ? preset
        : throw new SmsConnectorException($"There is no preset '{connector.Settings.Preset}' any more; an operator's own are in sms-presets in the data directory.");

    /// <summary>The address of a request.</summary>
    /// <exception cref="SmsConnectorException">It is none.</exception>
    internal static Uri AddressOf(GenericShape shape, IReadOnlyDictionary<string, string> values, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        // What stands before the path is a host, in which nothing is escaped: a value there may not lead elsewhere.
        int path = shape.Uri.IndexOf('/', Math.Min(shape.Uri.Length, shape.Uri.IndexOf("://", StringComparison.Ordinal) + 3));
        string authority = path < 0 ? shape.Uri : shape.Uri[..path];
        string text = ValueText.Fill(authority, values, ToHost) + ValueText.Fill(shape.Uri[authority.Length..], values, Uri.EscapeDataString);
        if (query.Count > 0)
        {
            string joined = string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
            int fragment = text.IndexOf('#', StringComparison.Ordinal);
            text = fragment < 0 ? text : text[..fragment];
            text += text.Contains('?', StringComparison.Ordinal) ? text[^1] is '?' or '&' ? joined : "&" + joined : "?" + joined;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            ? address
            : throw new SmsConnectorException("The connector's uri is no address; it must be such as https://sms.example.net/send.");
    }

    /// <summary>What the connector's own variables stand for, secrets among them.</summary>
    private Dictionary<string, string> ValuesOf(SmsConnector connector)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        if (connector.Settings.Preset.Length > 0)
        {
            foreach (SmsPresetField field in PresetOf(connector).Fields)
            {
                string given = field.Secret ? connector.Secrets[SmsSecrets.OfField(field.Name)] : connector.Settings.Fields.GetValueOrDefault(field.Name, "");
                values[field.Name] = given.Length > 0 ? given : field.Default;
            }
        }

        foreach ((string name, string value) in connector.Secrets.Values)
        {
            if (name == SmsSecrets.ApiKey || name.StartsWith(SmsSecrets.OfUri(""), StringComparison.Ordinal))
            {
                values[name] = value;
            }
        }

        return values;
    }

    private static List<KeyValuePair<string, string>> ParametersOf(SmsConnector connector, GenericShape shape, Dictionary<string, string> values, bool isUnicode)
    {
        List<KeyValuePair<string, string>> parameters = [];
        if (shape.PhoneVariable.Length > 0)
        {
            parameters.Add(new(shape.PhoneVariable, values[ValueText.Phone]));
        }

        if (shape.MessageVariable.Length > 0)
        {
            parameters.Add(new(shape.MessageVariable, values[ValueText.Message]));
        }

        parameters.AddRange(shape.Parameters.Concat(isUnicode ? shape.UnicodeParameters : [])
            .Select(parameter => new KeyValuePair<string, string>(parameter.Name, ValueText.Fill(parameter.Value, values, value => value)))
            // An optional field of a preset that was not given.
            .Where(parameter => connector.Settings.Preset.Length == 0 || parameter.Value.Length > 0));
        parameters.AddRange(shape.SecureParameters.Select(name => new KeyValuePair<string, string>(name, connector.Secrets[SmsSecrets.OfParameter(name)])));
        return parameters;
    }

    // "to[]" makes a list, as some gateways want their recipients.
    private static string ToJson(List<KeyValuePair<string, string>> parameters)
    {
        JsonObject body = [];
        foreach ((string name, string value) in parameters)
        {
            if (!name.EndsWith("[]", StringComparison.Ordinal))
            {
                body[name] = value;
            }
            else if (body[name[..^2]] is JsonArray list)
            {
                list.Add(value);
            }
            else
            {
                body[name[..^2]] = new JsonArray(value);
            }
        }

        return body.ToJsonString();
    }

    private static string ToHost(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? value
            : throw new SmsConnectorException("A field that stands in the gateway's host name has other characters than letters, digits, '-' and '.'.");

    private static void AddHeader(HttpRequestMessage request, string name, string value)
    {
        if (value.Contains('\r', StringComparison.Ordinal) || value.Contains('\n', StringComparison.Ordinal) || !request.Headers.TryAddWithoutValidation(name, value))
        {
            throw new SmsConnectorException($"The header {name} cannot be sent with its value.");
        }
    }

    private static bool MayPass(SuccessRule rule, string body, JsonElement? json) => rule.RetryPath.Length > 0
        ? JsonPath.Find(json, rule.RetryPath) is { } code && rule.Retry.Contains(code)
        : rule.Retry.Any(beginning => body.StartsWith(beginning, StringComparison.Ordinal));

    private static string FindId(SuccessRule rule, string body, JsonElement? json)
    {
        string? id = rule.IdPath.Length > 0 ? JsonPath.Find(json, rule.IdPath) : null;
        int after = rule.IdAfter.Length > 0 ? body.IndexOf(rule.IdAfter, StringComparison.Ordinal) : -1;
        if (id is null && after >= 0)
        {
            id = body[(after + rule.IdAfter.Length)..].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        }

        return id is { Length: <= 100 } ? id : "";
    }

    private static string Format(PhoneNumber phone, PhoneFormat format) => format switch
    {
        PhoneFormat.Digits => phone.Digits,
        PhoneFormat.DoubleZero => "00" + phone.Digits,
        _ => phone.E164,
    };
}
