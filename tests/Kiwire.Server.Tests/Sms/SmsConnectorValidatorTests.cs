using Kiwire.Server.Sms;
using Microsoft.Extensions.Options;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsConnectorValidatorTests
{
    private static readonly SmsConnectorRequest RightAcme = Acme("https://sms.acme.example");
    private static readonly SmsConnectorRequest RightTwilio = Twilio("https://api.twilio.com");

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData(RightTwilio with { AccountSid = "AC12" }, "accountSid is not one of Twilio's; it must be AC and 32 hexadecimal digits.");
        yield return new TestCaseData(RightTwilio with { AuthToken = null }, "authToken is not given, and none is saved; the gateway asks for it.");
        yield return new TestCaseData(RightTwilio with { From = null }, "from is not given, nor is messagingServiceSid; one of them must be.");
        yield return new TestCaseData(RightTwilio with { From = "no number!" }, "from is 'no number!'");
        yield return new TestCaseData(RightTwilio with { MessagingServiceSid = "MG1" }, "messagingServiceSid is not one of Twilio's");
        yield return new TestCaseData(RightTwilio with { ServerAddress = "ftp://x" }, "serverAddress is no address");
        yield return new TestCaseData(RightTwilio with { ServerAddress = "http://api.twilio.com" }, "serverAddress begins with http://");
        yield return new TestCaseData(RightTwilio with { Uri = "https://x" }, "uri is not a field of this connector; it has name, active, serverAddress, accountSid");
        yield return new TestCaseData(RightTwilio with { Name = "" }, "name has 0 characters");
        yield return new TestCaseData(RightAcme with { Provider = null }, "provider is not given");
        yield return new TestCaseData(RightAcme with { Method = "PUT" }, "method is 'PUT'; it must be GET or POST.");
        yield return new TestCaseData(RightAcme with { PhoneVariable = "" }, "phoneVariable is not given, and {phone} stands nowhere");
        yield return new TestCaseData(RightAcme with { MessageVariable = "" }, "messageVariable is not given, and {message} stands nowhere");
        yield return new TestCaseData(RightAcme with { Uri = "http://sms.acme.example" }, "uri begins with http://");
        yield return new TestCaseData(RightAcme with { Uri = "sms.acme.example" }, "uri has no scheme that is known");
        yield return new TestCaseData(RightAcme with { Uri = "https://bob:pw@sms.acme.example/" }, "uri has a user name in it");
        yield return new TestCaseData(RightAcme with { Uri = "https://{phone}.acme.example/" }, "uri has {phone} or {message} in its host");
        yield return new TestCaseData(RightAcme with { Uri = "https://a b/" }, "uri is no address");
        yield return new TestCaseData(RightAcme with { Uri = "https://sms.acme.example/?x={y}" }, "uri has '{y}', which stands for nothing here; known are {phone}, {message}.");
        yield return new TestCaseData(RightAcme with { Parameters = [new("", "x")] }, "parameters has the name ''");
        yield return new TestCaseData(RightAcme with { Parameters = [null!] }, "parameters has the name ''");
        yield return new TestCaseData(RightAcme with { Headers = [new("Host", "x")] }, "headers has 'Host', which the server sets itself");
        yield return new TestCaseData(RightAcme with { Headers = [new("X Y", "x")] }, "headers has 'X Y', which is no header's name");
        yield return new TestCaseData(RightAcme with { Headers = [new("X", "a\r\nHost: b")] }, "headers has 'X' with {message} or a control character");
        yield return new TestCaseData(RightAcme with { Headers = [new("X", "{message}")] }, "headers has 'X' with {message} or a control character");
        yield return new TestCaseData(RightAcme with { SecureHeaders = [new() { Name = "X", Value = "a\nb" }] }, "secureHeaders is longer than 2000 characters or has control characters");
        yield return new TestCaseData(RightAcme with { SecureParameters = [new() { Name = "t" }] }, "secureParameters has 't' without a value, and none is saved");
        yield return new TestCaseData(RightAcme with { Encoding = BodyEncoding.Json }, "encoding is json, and method is GET");
        yield return new TestCaseData(RightAcme with { Method = "POST", Encoding = BodyEncoding.Json, Parameters = [new("msg", "x")] }, "parameters has 'msg' twice");
        yield return new TestCaseData(RightAcme with { BasicPassword = "x" }, "basicUser is not given, and basicPassword is");
        yield return new TestCaseData(RightAcme with { Success = new() { Path = "a..b" } }, "success has the path 'a..b'");
        yield return new TestCaseData(RightAcme with { Success = new() { Value = "1" } }, "success has a value and no path");
        yield return new TestCaseData(RightAcme with { Success = new() { RetryPath = "a[", Retry = ["1"] } }, "success has the path 'a['");
        yield return new TestCaseData(RightAcme with { Success = new() { RetryPath = "a" } }, "success has a retryPath and no retry");
        yield return new TestCaseData(RightAcme with { Success = new() { Retry = ["1", ""] } }, "success has retry with 2 entries, or one without text");
        yield return new TestCaseData(RightAcme with { ApiKey = "x" }, "apiKey is not a field of this connector");
        yield return new TestCaseData(RightAcme with { Provider = SmsProvider.Synchroweb, ApiKey = "k" }, "apiKey goes nowhere: {apiKey} must stand in");
        yield return new TestCaseData(new SmsConnectorRequest { Name = "p", Provider = SmsProvider.Generic, Preset = "nope" }, "preset is 'nope', which is not known; known are clickatell");
        yield return new TestCaseData(new SmsConnectorRequest { Name = "p", Provider = SmsProvider.Generic, Preset = "lox24" }, "fields has no 'konto' (Customer number (konto)), which the preset lox24 needs.");
        yield return new TestCaseData(
            new SmsConnectorRequest { Name = "p", Provider = SmsProvider.Generic, Preset = "lox24", Fields = new Dictionary<string, string> { ["x"] = "y" } },
            "fields has 'x', which the preset lox24 does not");
        yield return new TestCaseData(MessageBird("https://x") with { Originator = "much too long a name" }, "originator is 'much too long a name'");
        yield return new TestCaseData(MessageBirdV1("https://x") with { Username = "" }, "username has 0 characters");
    }

    [TestCaseSource(nameof(Wrong))]
    public void Each_fault_names_its_field_and_what_would_be_right(SmsConnectorRequest request, string fault)
    {
        SmsConnector connector = SmsConnectorDraft.Apply(request, before: null, Presets, out var faults);
        SmsConnectorValidator validator = new(Presets, Options.Create(new SmsOptions()));

        Assert.That(faults.Concat(validator.FindFaults(connector)).Select(found => found.Message), Has.Some.StartsWith(fault));
    }

    [TestCase("91\\9191919191", "+919191919191")]
    [TestCase("0012345678987", "+12345678987")]
    [TestCase("Hotel Bali", "Hotel Bali")]
    [TestCase("12345", "12345")]
    public void A_sender_is_kept_as_it_is_sent(string from, string kept) =>
        Assert.That(Make(RightTwilio with { From = from }).Settings.From, Is.EqualTo(kept));

    [Test]
    public void A_field_in_a_presets_host_leads_nowhere_else()
    {
        SmsConnector connector = Make(Preset("signalwire", "", ("space", "evil.example/?"), ("projectId", "p"), ("token", "t"), ("from", "+12025550123")) with { Uri = null });

        Assert.That(() => new GenericForm(Presets).Write(connector, Dispatch()), Throws.TypeOf<SmsConnectorException>());
    }

    [Test]
    public void An_operators_presets_are_added_to_those_that_come_with_the_server()
    {
        string own = Directory.CreateTempSubdirectory("kiwire-presets-").FullName;
        File.WriteAllText(
            Path.Combine(own, "acme.json"),
            """{"name":"acme","title":"Acme","fields":[{"name":"key","title":"Key","secret":true,"required":true}],"request":{"method":"get","uri":"https://sms.acme.example/?key={key}&to={phone}&m={message}"}}""");

        SmsPresetCatalog presets = SmsPresetLoader.Load(SmsPresetLoader.BuiltInFolder, own);

        Assert.That((presets.TryGet("ACME", out _), presets.TryGet("vonage", out _)), Is.EqualTo((true, true)));
        Directory.Delete(own, recursive: true);
    }

    [TestCase("""{"name":"a"}""", "missing required properties")]
    [TestCase("""{"name":"A b","title":"","request":{"method":"get","uri":"https://x.example/?{phone}{message}"}}""", "name is \"A b\"")]
    [TestCase("""{"name":"a","title":"","request":{"method":"get","uri":"https://x.example/?{phone}"}}""", "{message} stands nowhere")]
    [TestCase("""{"name":"a","title":"","request":{"method":"get","uri":"https://x.example/?{phone}{message}{key}"}}""", "has '{key}', which stands for nothing here")]
    [TestCase("""{"name":"a","title":"","oops":1,"request":{"method":"get","uri":"https://x.example/?{phone}{message}"}}""", "oops")]
    [TestCase("not JSON", "invalid")]
    public void A_presets_fault_stops_the_start_with_file_and_reason(string json, string fault)
    {
        string own = Directory.CreateTempSubdirectory("kiwire-presets-").FullName;
        File.WriteAllText(Path.Combine(own, "own.json"), json);

        Assert.That(
            () => SmsPresetLoader.Load(SmsPresetLoader.BuiltInFolder, own), Throws.TypeOf<StartUpException>().With.Message.Contains("own.json: ").And.Message.Contains(fault));
        Directory.Delete(own, recursive: true);
    }
}
