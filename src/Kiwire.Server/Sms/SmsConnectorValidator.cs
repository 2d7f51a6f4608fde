using System.Text.RegularExpressions;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>Whether a connector's fields can be used, provider by provider.</summary>
internal sealed partial class SmsConnectorValidator(SmsPresetCatalog presets, IOptions<SmsOptions> options)
{
    private const int LongestName = 100;
    private const int LongestValue = 500;
    private const int LongestSecret = 2000;

    public IReadOnlyList<FieldFault> FindFaults(SmsConnector connector)
    {
        List<FieldFault> faults = [];
        if (connector.Name.Length is 0 or > LongestName || connector.Name.Any(char.IsControl))
        {
            faults.Add(new("name", $"has {connector.Name.Length} characters; it must have 1 to {LongestName}, no control characters among them."));
        }

        foreach ((string name, string value) in connector.Secrets.Values)
        {
            if (value.Length > LongestSecret || value.Any(char.IsControl))
            {
                faults.Add(new(FieldOfSecret(name), $"is longer than {LongestSecret} characters or has control characters; it must have neither."));
            }
        }

        switch (connector.Provider)
        {
            case SmsProvider.Twilio:
                FindTwilioFaults(connector, faults);
                break;
            case SmsProvider.MessageBird:
                FindAddressFault(connector.Settings.ServerAddress, faults);
                Require(connector, SmsSecrets.AccessKey, faults);
                FindSenderFault("originator", connector.Settings.Originator, mostDigits: 15, faults);
                break;
            case SmsProvider.MessageBirdV1:
                FindAddressFault(connector.Settings.ServerAddress, faults);
                RequireText("username", connector.Settings.Username, faults);
                Require(connector, SmsSecrets.Password, faults);
                FindSenderFault("sender", connector.Settings.Sender, mostDigits: 16, faults);
                break;
            case SmsProvider.Synchroweb:
                Require(connector, SmsSecrets.ApiKey, faults);
                FindShapeFaults(connector, faults);
                break;
            default:
                FindGenericFaults(connector, faults);
                break;
        }

        return faults;
    }

    private void FindTwilioFaults(SmsConnector connector, List<FieldFault> faults)
    {
        SmsConnectorSettings settings = connector.Settings;
        FindAddressFault(settings.ServerAddress, faults);
        if (!AccountSid().IsMatch(settings.AccountSid))
        {
            faults.Add(new("accountSid", "is not one of Twilio's; it must be AC and 32 hexadecimal digits."));
        }

        Require(connector, SmsSecrets.AuthToken, faults);
        if (settings.From.Length == 0 && settings.MessagingServiceSid.Length == 0)
        {
            faults.Add(new("from", "is not given, nor is messagingServiceSid; one of them must be."));
        }

        if (settings.From.Length > 0 && !settings.From.StartsWith('+') && !ShortCode().IsMatch(settings.From) && !SenderName().IsMatch(settings.From))
        {
            faults.Add(new("from", $"is '{settings.From}'; it must be a number such as +12025550123, a sender's name of up to 11 letters and digits, or a short code."));
        }

        if (settings.MessagingServiceSid.Length > 0 && !ServiceSid().IsMatch(settings.MessagingServiceSid))
        {
            faults.Add(new("messagingServiceSid", "is not one of Twilio's; it must be MG and 32 hexadecimal digits."));
        }
    }

    private void FindGenericFaults(SmsConnector connector, List<FieldFault> faults)
    {
        if (connector.Settings.Preset.Length == 0)
        {
            FindShapeFaults(connector, faults);
            return;
        }

        if (!presets.TryGet(connector.Settings.Preset, out SmsPreset? preset))
        {
            faults.Add(new("preset", $"is '{connector.Settings.Preset}', which is not known; known are {string.Join(", ", presets.Presets.Select(known => known.Name))}."));
            return;
        }

        foreach (SmsPresetField field in preset.Fields)
        {
            string value = field.Secret ? connector.Secrets[SmsSecrets.OfField(field.Name)] : connector.Settings.Fields.GetValueOrDefault(field.Name, "");
            if (field.Required && value.Length == 0 && field.Default.Length == 0)
            {
                faults.Add(new("fields", $"has no '{field.Name}' ({field.Title}), which the preset {preset.Name} needs."));
            }
            else if (!field.Secret && (value.Length > LongestValue || value.Any(char.IsControl)))
            {
                faults.Add(new("fields", $"has '{field.Name}' with more than {LongestValue} characters or control characters; it must have neither."));
            }
        }

        if (connector.Settings.Generic.Uri.Length > 0)
        {
            GenericShape shape = preset.Shape with { Uri = connector.Settings.Generic.Uri };
            string[] variables = [.. preset.Fields.Select(field => field.Name), .. UriSecrets(connector)];
            faults.AddRange(GenericShapeFaults.Find(shape, variables, options.Value.AllowPrivateAddresses));
        }
    }

    private void FindShapeFaults(SmsConnector connector, List<FieldFault> faults)
    {
        GenericShape shape = connector.Settings.Generic;
        bool hasKey = connector.Provider == SmsProvider.Synchroweb;
        string[] variables = [.. hasKey ? [SmsSecrets.ApiKey] : Array.Empty<string>(), .. UriSecrets(connector)];
        faults.AddRange(GenericShapeFaults.Find(shape, variables, options.Value.AllowPrivateAddresses));
        IEnumerable<string> places = [shape.Uri, .. shape.Parameters.Select(item => item.Value ?? ""), .. shape.Headers.Select(item => item.Value ?? "")];
        if (hasKey && !places.Any(place => ValueText.Has(place, SmsSecrets.ApiKey)))
        {
            faults.Add(new("apiKey", "goes nowhere: {apiKey} must stand in the address, a parameter's or a header's value."));
        }

        if (shape.BasicUser.Length == 0 && connector.Secrets.Has(SmsSecrets.BasicPassword))
        {
            faults.Add(new("basicUser", "is not given, and basicPassword is; HTTP Basic needs both."));
        }
    }

    private void FindAddressFault(string address, List<FieldFault> faults)
    {
        bool isHttp = address.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            faults.Add(new("serverAddress", $"is no address; it must be such as {TwilioForm.DefaultServer}, without a query."));
        }
        else if (isHttp && !options.Value.AllowPrivateAddresses)
        {
            faults.Add(new("serverAddress", "begins with http://; it must begin with https://, so that nobody on the way reads messages and passwords."));
        }
    }

    private static IEnumerable<string> UriSecrets(SmsConnector connector) =>
        connector.Secrets.Values.Keys.Where(key => key.StartsWith(SmsSecrets.OfUri(""), StringComparison.Ordinal));

    private static void Require(SmsConnector connector, string secret, List<FieldFault> faults)
    {
        if (!connector.Secrets.Has(secret))
        {
            faults.Add(new(secret, "is not given, and none is saved; the gateway asks for it."));
        }
    }

    private static void RequireText(string field, string value, List<FieldFault> faults)
    {
        if (value.Length is 0 or > LongestValue)
        {
            faults.Add(new(field, $"has {value.Length} characters; it must have 1 to {LongestValue}."));
        }
    }

    private static void FindSenderFault(string field, string sender, int mostDigits, List<FieldFault> faults)
    {
        string digits = sender.TrimStart('+');
        bool isNumber = digits.Length > 0 && digits.Length <= mostDigits && digits.All(char.IsAsciiDigit);
        if (!isNumber && !SenderName().IsMatch(sender))
        {
            faults.Add(new(field, $"is '{sender}'; it must be a number of up to {mostDigits} digits or a name of up to 11 letters and digits."));
        }
    }

    private static string FieldOfSecret(string name) => name.Split(':', 2)[0] switch
    {
        "parameter" => "secureParameters",
        "header" => "secureHeaders",
        "field" => "fields",
        var field => field,
    };

    [GeneratedRegex(@"^AC[0-9a-fA-F]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccountSid();

    [GeneratedRegex(@"^MG[0-9a-fA-F]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"^[0-9]{3,8}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ShortCode();

    // At least one letter, so that it is no number.
    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SenderName();
}
