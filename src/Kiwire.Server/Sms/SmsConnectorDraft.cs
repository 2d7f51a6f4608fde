using System.Text.RegularExpressions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>A connector as a request would have it: what is given over what there was.</summary>
internal sealed partial class SmsConnectorDraft
{
    private static readonly string[] OfShape =
    [
        "method", "messageVariable", "phoneVariable", "phoneFormat", "headers", "parameters", "secureHeaders", "secureParameters", "basicUser",
        "basicPassword", "encoding", "success",
    ];

    private readonly SmsConnectorRequest _request;
    private readonly SmsPresetCatalog _presets;
    private readonly SmsConnectorSettings _before;
    private readonly SmsProvider _provider;
    private readonly Dictionary<string, string> _secrets;
    private readonly List<FieldFault> _faults = [];

    private SmsConnectorDraft(SmsConnectorRequest request, SmsConnector? before, SmsPresetCatalog presets)
    {
        _request = request;
        _presets = presets;
        _provider = before?.Provider ?? request.Provider ?? SmsProvider.Generic;
        _before = before?.Settings ?? FirstSettings(_provider);
        _secrets = new Dictionary<string, string>(before?.Secrets.Values ?? new Dictionary<string, string>(), StringComparer.Ordinal);
    }

    /// <summary>The connector that a request makes of another one.</summary>
    /// <param name="request">What is given.</param>
    /// <param name="before">Null: there was none.</param>
    /// <param name="presets">The presets.</param>
    /// <param name="faults">What speaks against the request itself; whether the connector is right, its validator says.</param>
    public static SmsConnector Apply(SmsConnectorRequest request, SmsConnector? before, SmsPresetCatalog presets, out IReadOnlyList<FieldFault> faults)
    {
        SmsConnectorDraft draft = new(request, before, presets);
        SmsConnector connector = draft.Build(before);
        faults = draft._faults;
        return connector;
    }

    private static SmsConnectorSettings FirstSettings(SmsProvider provider) => provider switch
    {
        SmsProvider.Twilio => new SmsConnectorSettings { ServerAddress = TwilioForm.DefaultServer },
        SmsProvider.MessageBird => new SmsConnectorSettings { ServerAddress = MessageBirdForm.DefaultServer },
        SmsProvider.MessageBirdV1 => new SmsConnectorSettings { ServerAddress = MessageBirdV1Form.DefaultServer },
        _ => new SmsConnectorSettings(),
    };

    private SmsConnector Build(SmsConnector? before)
    {
        if (before is null && _request.Provider is null)
        {
            _faults.Add(new("provider", "is not given; it must be twilio, messageBird, messageBirdV1, synchroweb or generic."));
        }
        else if (before is not null && _request.Provider is { } other && other != before.Provider)
        {
            _faults.Add(new("provider", "is fixed when a connector is made; make another connector."));
        }

        RefuseForeignFields();
        SmsConnectorSettings settings = _before with
        {
            ServerAddress = Over(_request.ServerAddress, _before.ServerAddress),
            AccountSid = Over(_request.AccountSid, _before.AccountSid),
            From = _request.From is null ? _before.From : CanonicalFrom(_request.From),
            MessagingServiceSid = Over(_request.MessagingServiceSid, _before.MessagingServiceSid),
            Originator = Over(_request.Originator, _before.Originator),
            Username = Over(_request.Username, _before.Username),
            Sender = Over(_request.Sender, _before.Sender),
            Preset = Over(_request.Preset, _before.Preset),
        };
        TakeSecret(SmsSecrets.AuthToken, _request.AuthToken);
        TakeSecret(SmsSecrets.AccessKey, _request.AccessKey);
        TakeSecret(SmsSecrets.SigningKey, _request.SigningKey);
        TakeSecret(SmsSecrets.Password, _request.Password);
        TakeSecret(SmsSecrets.ApiKey, _request.ApiKey);
        TakeSecret(SmsSecrets.BasicPassword, _request.BasicPassword);
        settings = settings with { Generic = BuildShape(), Fields = BuildFields(settings.Preset) };
        return new SmsConnector
        {
            TenantId = before?.TenantId ?? 0,
            ConnectorId = before?.ConnectorId ?? 0,
            Name = Over(_request.Name, before?.Name ?? ""),
            Provider = _provider,
            Active = _request.Active ?? before?.Active ?? true,
            Settings = settings,
            Secrets = new SmsSecrets(_secrets),
            Version = before?.Version ?? 0,
        };
    }

    private GenericShape BuildShape()
    {
        GenericShape before = _before.Generic;
        if (_request.Method is { } method && method.ToUpperInvariant() is not ("GET" or "POST"))
        {
            _faults.Add(new("method", $"is '{method}'; it must be GET or POST."));
        }

        return before with
        {
            IsPost = _request.Method is null ? before.IsPost : _request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase),
            Uri = BuildUri(before.Uri),
            MessageVariable = Over(_request.MessageVariable, before.MessageVariable),
            PhoneVariable = Over(_request.PhoneVariable, before.PhoneVariable),
            PhoneFormat = _request.PhoneFormat ?? before.PhoneFormat,
            Headers = Complete(_request.Headers) ?? before.Headers,
            Parameters = Complete(_request.Parameters) ?? before.Parameters,
            SecureHeaders = TakeSecureValues("secureHeaders", _request.SecureHeaders, before.SecureHeaders, SmsSecrets.OfHeader),
            SecureParameters = TakeSecureValues("secureParameters", _request.SecureParameters, before.SecureParameters, SmsSecrets.OfParameter),
            BasicUser = Over(_request.BasicUser, before.BasicUser),
            Encoding = _request.Encoding ?? before.Encoding,
            Success = _request.Success ?? before.Success,
        };
    }

    // Synchroweb's server address is the generic form's whole address.
    private string BuildUri(string before)
    {
        string? given = _request.Uri ?? (_provider == SmsProvider.Synchroweb ? _request.ServerAddress : null);
        if (given is null)
        {
            return before;
        }

        // account=myaccount&pass=pass123: what is called a password is kept as one, and {uri:pass} stands in its place.
        string uri = SecretVariable().Replace(given.Trim(), match =>
        {
            string name = match.Groups["name"].Value;
            string value = match.Groups["value"].Value;
            if (!ValueText.FindNames(value).Any())
            {
                _secrets[SmsSecrets.OfUri(name)] = Uri.UnescapeDataString(value.Replace('+', ' '));
                return $"{match.Groups["before"].Value}{name}={{{SmsSecrets.OfUri(name)}}}";
            }

            return match.Value;
        });
        foreach (string unused in _secrets.Keys.Where(key => key.StartsWith(SmsSecrets.OfUri(""), StringComparison.Ordinal) && !ValueText.Has(uri, key)).ToArray())
        {
            _secrets.Remove(unused);
        }

        return uri;
    }

    private IReadOnlyList<string> TakeSecureValues(
        string field, IReadOnlyList<SecureValue>? given, IReadOnlyList<string> before, Func<string, string> keyOf)
    {
        if (given is null)
        {
            return before;
        }

        SecureValue[] values = [.. given.Select(value => value ?? new SecureValue())];
        string[] names = [.. values.Select(value => value.Name ?? "").Distinct()];
        foreach (string gone in before.Except(names))
        {
            _secrets.Remove(keyOf(gone));
        }

        foreach (SecureValue value in values)
        {
            TakeSecret(keyOf(value.Name ?? ""), value.Value);
            if (!_secrets.ContainsKey(keyOf(value.Name ?? "")))
            {
                _faults.Add(new(field, $"has '{value.Name}' without a value, and none is saved; it must have one."));
            }
        }

        return names;
    }

    private Dictionary<string, string> BuildFields(string presetName)
    {
        Dictionary<string, string> fields = new(_before.Fields, StringComparer.Ordinal);
        if (presetName.Length == 0 || !_presets.TryGet(presetName, out SmsPreset? preset))
        {
            return fields;
        }

        foreach ((string name, string value) in _request.Fields ?? new Dictionary<string, string>())
        {
            if (preset.Fields.FirstOrDefault(field => field.Name == name) is not { } field)
            {
                _faults.Add(new("fields", $"has '{name}', which the preset {preset.Name} does not; it has {string.Join(", ", preset.Fields.Select(known => known.Name))}."));
            }
            else if (field.Secret)
            {
                TakeSecret(SmsSecrets.OfField(name), value ?? "");
            }
            else
            {
                fields[name] = (value ?? "").Trim();
            }
        }

        return fields;
    }

    private void TakeSecret(string name, string? value)
    {
        if (value is { Length: 0 })
        {
            _secrets.Remove(name);
        }
        else if (value is not null)
        {
            _secrets[name] = value;
        }
    }

    private void RefuseForeignFields()
    {
        string[] own = _provider switch
        {
            SmsProvider.Twilio => ["serverAddress", "accountSid", "authToken", "from", "messagingServiceSid"],
            SmsProvider.MessageBird => ["serverAddress", "accessKey", "signingKey", "originator"],
            SmsProvider.MessageBirdV1 => ["serverAddress", "username", "password", "sender"],
            SmsProvider.Synchroweb => ["serverAddress", "apiKey", "uri", .. OfShape],
            _ when Over(_request.Preset, _before.Preset).Length > 0 => ["preset", "fields", "uri"],
            _ => ["uri", "preset", .. OfShape],
        };
        foreach ((string field, bool isGiven) in GivenFields())
        {
            if (isGiven && !own.Contains(field))
            {
                _faults.Add(new(field, $"is not a field of this connector; it has name, active, {string.Join(", ", own)}."));
            }
        }
    }

    private IEnumerable<(string Field, bool IsGiven)> GivenFields() =>
    [
        ("serverAddress", _request.ServerAddress is not null), ("accountSid", _request.AccountSid is not null), ("authToken", _request.AuthToken is not null),
        ("from", _request.From is not null), ("messagingServiceSid", _request.MessagingServiceSid is not null), ("accessKey", _request.AccessKey is not null),
        ("signingKey", _request.SigningKey is not null), ("originator", _request.Originator is not null), ("username", _request.Username is not null),
        ("password", _request.Password is not null), ("sender", _request.Sender is not null), ("apiKey", _request.ApiKey is not null),
        ("method", _request.Method is not null), ("uri", _request.Uri is not null), ("messageVariable", _request.MessageVariable is not null),
        ("phoneVariable", _request.PhoneVariable is not null), ("phoneFormat", _request.PhoneFormat is not null), ("headers", _request.Headers is not null),
        ("parameters", _request.Parameters is not null), ("secureHeaders", _request.SecureHeaders is not null),
        ("secureParameters", _request.SecureParameters is not null), ("basicUser", _request.BasicUser is not null),
        ("basicPassword", _request.BasicPassword is not null), ("encoding", _request.Encoding is not null), ("success", _request.Success is not null),
        ("preset", _request.Preset is { Length: > 0 }), ("fields", _request.Fields is not null),
    ];

    private static NamedValue[]? Complete(IReadOnlyList<NamedValue>? given) =>
        given?.Select(item => new NamedValue(item?.Name ?? "", item?.Value ?? "")).ToArray();

    private static string Over(string? given, string before) => given?.Trim() ?? before;

    // A number however it is written; letters are a sender's name, a few digits a short code.
    private static string CanonicalFrom(string from) => PhoneNumber.TryParse(from, out PhoneNumber number) ? number.E164 : from.Trim();

    [GeneratedRegex(
        @"(?<before>[?&])(?<name>[A-Za-z0-9_.-]*(?:pass|pwd|secret|token|key|pin)[A-Za-z0-9_.-]*)=(?<value>[^&#]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretVariable();
}
