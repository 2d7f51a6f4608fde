using System.Diagnostics.Metrics;
using System.Net;
using Kiwire.Server.Sms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Connectors as an operator would make them, and the way to gateways on the loopback.</summary>
internal static class SmsSamples
{
    public static readonly SmsPresetCatalog Presets = SmsPresetLoader.Load(SmsPresetLoader.BuiltInFolder, "/nowhere");

    /// <summary>Gateways on the loopback, which have as long to answer as may be: what a slow machine answers late would be asked for twice.</summary>
    public static SmsOptions Loopback => new() { AllowPrivateAddresses = true, RequestSeconds = 60 };

    public static SmsMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static SmsHttp MakeHttp(
        SmsOptions? options = null, TimeProvider? time = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) =>
        new(options ?? Loopback, Presets, Metrics(), time ?? TimeProvider.System, resolve ?? Dns.GetHostAddressesAsync);

    public static PhoneNumber Phone(string text = "+60123456789") =>
        PhoneNumber.TryParse(text, out PhoneNumber number) ? number : throw new ArgumentException(text);

    public static SmsDispatch Dispatch(string text = "Your code is 482913", string phone = "+60123456789", params string[] secrets) =>
        new() { Phone = Phone(phone), Text = text, Secrets = secrets };

    /// <summary>The connector that a request makes; fails where it has faults.</summary>
    public static SmsConnector Make(SmsConnectorRequest request, SmsOptions? options = null)
    {
        SmsConnector connector = SmsConnectorDraft.Apply(request, before: null, Presets, out var faults);
        Assert.That(faults.Concat(new SmsConnectorValidator(Presets, Options.Create(options ?? Loopback)).FindFaults(connector)), Is.Empty);
        return connector with { TenantId = 1, ConnectorId = 7 };
    }

    public static SmsConnectorRequest Twilio(string url) => new()
    {
        Name = "My Twilio",
        Provider = SmsProvider.Twilio,
        ServerAddress = url + "/2010-04-01/Accounts",
        AccountSid = GatewayRules.TwilioSid,
        AuthToken = GatewayRules.TwilioToken,
        From = "0012345678987",
    };

    public static SmsConnectorRequest MessageBird(string url) => new()
    {
        Name = "My MessageBird",
        Provider = SmsProvider.MessageBird,
        ServerAddress = url,
        AccessKey = GatewayRules.MessageBirdKey,
        Originator = "Hotel",
    };

    public static SmsConnectorRequest MessageBirdV1(string url) => new()
    {
        Name = "My MessageBird v1",
        Provider = SmsProvider.MessageBirdV1,
        ServerAddress = url + "/api/sms",
        Username = "me",
        Password = GatewayRules.Password,
        Sender = "Hotel",
    };

    /// <summary>The seed's acme: <c>account=myaccount&amp;pass=pass123</c> in the address.</summary>
    public static SmsConnectorRequest Acme(string url, string method = "GET", string name = "acme") => new()
    {
        Name = name,
        Provider = SmsProvider.Generic,
        Method = method,
        Uri = url + "/send?accountno=myaccount&password=pass123",
        PhoneVariable = "mobileno",
        MessageVariable = "msg",
    };

    public static SmsConnectorRequest Preset(string preset, string uri, params (string Name, string Value)[] fields) => new()
    {
        Name = preset,
        Provider = SmsProvider.Generic,
        Preset = preset,
        Uri = uri,
        Fields = fields.ToDictionary(field => field.Name, field => field.Value),
    };
}
