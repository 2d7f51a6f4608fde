using System.Text;
using Kiwire.Server.Sms;
using static Kiwire.Server.Sms.SmsTestResult;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>
/// The descriptions that were found. There is none of MessageBird's and Clickatell's HTTP APIs of old, of LOX24's httpsms.php and of
/// Synchroweb: what is known of those, <see cref="GatewayRules"/> has.
/// </summary>
internal static class PublishedApis
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";
    private const string Uuid = "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}";
    private const string E164 = @"\+[1-9]\d{1,14}";
    private const string WebAddress = "https?://.+";

    /// <summary>The description declares the 201 alone; refusals are from the list of errors at twilio.com/docs/api/errors.</summary>
    private static readonly PublishedApi TwilioApi = new()
    {
        Name = "Twilio",
        Source = "twilio/twilio-oai spec/json/twilio_api_v2010.json at 00c8d36829d67333c14bef357affd57851408ad7, CreateMessage",
        Connector = Twilio,
        Path = "/2010-04-01/Accounts/AC[0-9a-fA-F]{32}/Messages\\.json",
        ContentType = Form,
        Authentication = Basic(GatewayRules.TwilioSid, GatewayRules.TwilioToken),
        Required = ["To"],
        OneOf = [["From", "MessagingServiceSid"], ["Body"]],
        Fields =
        [
            new("To", E164), new("From"), new("Body", @"[\s\S]{1,1600}"), new("MessagingServiceSid", "MG[0-9a-fA-F]{32}"),
            new("StatusCallback", WebAddress), new("ValidityPeriod") { Whole = (1, 36_000) },
        ],
        Answers =
        [
            new(201, """{"sid":"SM0000000000000000000000000000000a","status":"queued","num_segments":"1","error_code":null,"error_message":null}""", Sent, "SM0000000000000000000000000000000a"),
            new(201, """{"sid":"MM0000000000000000000000000000000b","status":"accepted","from":null,"num_segments":"0"}""", Sent, "MM0000000000000000000000000000000b"),
            new(201, """{"sid":null,"status":null,"num_segments":null}""", Sent, ""),
            new(201, """{"sid":"SM0000000000000000000000000000000c","status":"failed","error_code":30007,"error_message":"Message filtered"}""", Refused, "failed: 30007 Message filtered"),
            new(400, """{"code":21211,"message":"Invalid 'To' Phone Number","more_info":"https://www.twilio.com/docs/errors/21211","status":400}""", Refused, "21211 Invalid"),
            new(401, """{"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401}""", Refused, "20003 Authenticate"),
            new(429, """{"code":20429,"message":"Too Many Requests","more_info":"https://www.twilio.com/docs/errors/20429","status":429}""", NotNow, "20429 Too Many Requests"),
        ],
    };

    private static readonly PublishedApi SignalWire = new()
    {
        Name = "SignalWire",
        Source = "signalwire/docs fern/apis/compatibility/openapi.yaml at 89bfeed0e49d4d1b7172c7e958e4f8d7cc768e96, create_message",
        Connector = url => OfPreset(
            "signalwire", url, ("space", "hotel"), ("projectId", GatewayRules.SignalWireProject), ("token", GatewayRules.SignalWireToken), ("from", "+12025550123")),
        Path = $"/api/laml/2010-04-01/Accounts/{Uuid}/Messages",
        ContentType = Form,
        Authentication = Basic(GatewayRules.SignalWireProject, GatewayRules.SignalWireToken),
        Required = ["To"],
        OneOf = [["From", "MessagingServiceSid"], ["Body", "MediaUrl"]],
        Fields = [new("To", E164), new("From", E164), new("Body")],
        Answers =
        [
            new(201, """{"sid":"0a059168-ead0-41af-9d1f-343dae832527","status":"queued","num_segments":1,"price":null,"error_code":null}""", Sent, "0a059168-ead0-41af-9d1f-343dae832527"),
            new(400, """{"code":21602,"message":"no body","more_info":"https://signalwire.com","status":400}""", Refused, "no body"),
            new(401, """{"code":20003,"message":"no such token","more_info":"https://signalwire.com","status":401}""", Refused, "no such token"),
            new(422, """{"code":21211,"message":"no such number","more_info":"https://signalwire.com","status":422}""", Refused, "no such number"),
        ],
    };

    /// <summary>Codes are from developer.vonage.com/en/api-errors/sms.</summary>
    private static readonly PublishedApi Vonage = new()
    {
        Name = "Vonage 1.5.0",
        Source = "developer.vonage.com/api/v1/developer/api/file/sms, version 1.5.0, send-an-sms",
        Connector = url => OfPreset("vonage", url, ("apiKey", GatewayRules.VonageKey), ("apiSecret", GatewayRules.VonageSecret), ("from", "Hotel")),
        Path = "/sms/json",
        ContentType = Form,
        Authentication = Basic(GatewayRules.VonageKey, GatewayRules.VonageSecret),
        Required = ["from", "to", "text"],
        Fields = [new("api_key", ".{8}"), new("from"), new("to", @"\d{7,15}"), new("text"), new("type", "text|binary|unicode")],

        // What the version before asks for.
        Beyond = ["api_secret"],
        Answers =
        [
            new(200, """{"message-count":"1","messages":[{"to":"60123456789","message-id":"0A0000000123ABCD1","status":"0","network":"12345"}]}""", Sent, "0A0000000123ABCD1"),
            new(200, """{"message-count":"1","messages":[{"status":"2","error-text":"Missing to param"}]}""", Refused, "Missing to param"),
            new(200, """{"message-count":"1","messages":[{"status":"4","error-text":"Bad Credentials"}]}""", Refused, "Bad Credentials"),
            new(200, """{"message-count":"1","messages":[{"status":"9","error-text":"Quota Exceeded"}]}""", Refused, "Quota Exceeded"),
            new(200, """{"message-count":"1","messages":[{"status":"1","error-text":"Throttled"}]}""", NotNow, "Throttled"),
            new(200, """{"message-count":"1","messages":[{"status":"5","error-text":"Internal Error"}]}""", NotNow, "Internal Error"),
            new(200, """{"message-count":"1","messages":[{"status":"10","error-text":"Too Many Existing Binds"}]}""", NotNow, "Too Many Existing Binds"),
        ],
    };

    private static readonly PublishedApi VonageBefore = Vonage with
    {
        Name = "Vonage 1.0.10",
        Source = "Nexmo/api-specification definitions/sms.yml at 2176bbdfe498e7770edae7d96d953ab3967ae397, version 1.0.10, send-an-sms",
        Required = ["api_key", "from", "to"],
        Fields = [.. Vonage.Fields, new("api_secret", ".{6,32}")],
        Beyond = [],
    };

    /// <summary>Codes are from Clickatell's list for its platform, clickatell.com/developers/api-documentation/one-api-error-messages.</summary>
    private static readonly PublishedApi ClickatellPlatform = new()
    {
        Name = "Clickatell platform",
        Source = "help.clickatell.com/developers-api-reference/sms-api, SMS API 1.0.0, POST /messages",
        Connector = url => OfPreset("clickatell-platform", url, ("apiKey", GatewayRules.ClickatellKey), ("from", "27123456789")),
        Path = "/messages",
        ContentType = Json,
        Authentication = ("Authorization", GatewayRules.ClickatellKey),
        Required = ["content", "to"],
        Fields = [new("content"), new("to", @"\d+") { IsList = true }, new("from")],
        Answers =
        [
            new(202, """{"messages":[{"apiMessageId":"77fb29998253415fa5d66971d519d362","accepted":true,"to":"60123456789","error":null}],"error":null}""", Sent, "77fb29998253415fa5d66971d519d362"),
            new(207, """{"messages":[{"accepted":false,"to":"1","errorCode":25,"error":"Invalid recipient address"}]}""", Refused, "Invalid recipient address"),
            new(207, """{"messages":[{"accepted":false,"to":"1","errorCode":19,"error":"Internal error, please retry"}]}""", NotNow, "please retry"),
            new(400, """{"messages":[{"accepted":false,"to":"1","errorCode":43,"error":"Rate limit"}]}""", NotNow, "Rate limit"),
            new(401, """{"messages":[],"errorCode":1,"error":"Invalid or missing Integration API Key"}""", Refused, "Integration API Key"),
            new(503, """{"messages":[],"errorCode":19,"error":"Internal error, please retry"}""", NotNow, "please retry"),
        ],
    };

    /// <summary>What its answers mean is from LOX24's own client, lox24/lox24-client-php at 0b3ca735eb440423edc555bea0b80af8ced6ba65.</summary>
    private static readonly PublishedApi Lox24 = new()
    {
        Name = "LOX24 REST",
        Source = "doc.lox24.eu/api/operations/api_sms_post_collection, LOX24 API Specification",
        Connector = url => OfPreset("lox24-rest", url, ("token", GatewayRules.LoxToken), ("sender", "Hotel Bali")),
        Path = "/sms",
        ContentType = Json,
        Authentication = ("X-LOX24-AUTH-TOKEN", GatewayRules.LoxToken),
        Required = ["text", "sender_id", "phone"],
        Fields =
        [
            new("text", @"[\s\S]{1,1530}"), new("sender_id", @"\+?[1-9]\d{0,14}|[a-zA-Z0-9 ]{1,11}"), new("phone", E164),
            new("service_code", "direct|economy|pro|text2speech"),
        ],
        Answers =
        [
            new(201, """{"uuid":"0a5a4e8a-2d1f-11ee-be56-0242ac120002","status_code":0,"dlr_code":0,"parts_count":1,"is_sent":false}""", Sent, "0a5a4e8a-2d1f-11ee-be56-0242ac120002"),
            new(400, "a name too many", Refused, "a name too many"),
            new(401, "no such key", Refused, "no such key"),
            new(402, "not enough funds", Refused, "not enough funds"),
            new(403, "account blocked", Refused, "account blocked"),
            new(422, "no such number", Refused, "no such number"),
            new(429, "too many log-ins", NotNow, "too many log-ins"),
            new(500, "", NotNow, "HTTP 500"),
        ],
    };

    /// <summary>MessageBird published none. The one of others wants the numbers as texts; MessageBird's own client sends them as numbers.</summary>
    private static readonly PublishedApi MessageBirdApi = new()
    {
        Name = "MessageBird",
        Source = "messagebird/php-rest-api tests/Integration/Messages/MessagesTest.php at 015a3780efaae60dd2b4f179cbab6229eb4eb1ba; "
            + "api-evangelist/messagebird openapi/messagebird-sms-messaging-openapi.yml at f78da6d1f4c0b757d5746b2d95394c26ec86e70f",
        Connector = url => MessageBird(url) with { SigningKey = "signing-key-1" },
        Path = "/messages",
        ContentType = Json,
        Authentication = ("Authorization", "AccessKey " + GatewayRules.MessageBirdKey),
        Required = ["originator", "recipients", "body"],
        Fields =
        [
            new("originator", ".{1,17}"), new("recipients", @"[1-9]\d{6,14}") { IsList = true }, new("body", @"[\s\S]{1,1377}"),
            new("datacoding", "plain|unicode|auto"), new("validity") { Whole = (1, int.MaxValue) }, new("reportUrl", WebAddress), new("reference"),
        ],
        Answers =
        [
            new(201, """{"id":"e8077d803532c0b5937c639b60216938","direction":"mt","recipients":{"totalCount":1,"items":[{"recipient":60123456789,"status":"sent"}]}}""", Sent, "e8077d803532c0b5937c639b60216938"),
            new(200, """{"id":"e8077d803532c0b5937c639b60216938"}""", Sent, "e8077d803532c0b5937c639b60216938"),
            new(401, """{"errors":[{"code":2,"description":"Request not allowed (incorrect access_key)","parameter":"access_key"}]}""", Refused, "2 Request not allowed"),
            new(422, """{"errors":[{"code":9,"description":"no (correct) recipients found","parameter":"recipients"}]}""", Refused, "9 no (correct) recipients found"),
            new(400, "", Refused, "HTTP 400"),
        ],
    };

    public static readonly PublishedApi[] All = [TwilioApi, SignalWire, Vonage, VonageBefore, ClickatellPlatform, Lox24, MessageBirdApi];

    // The preset's own path at the test's gateway.
    private static SmsConnectorRequest OfPreset(string name, string url, params (string Name, string Value)[] fields)
    {
        Assert.That(Presets.TryGet(name, out SmsPreset? preset), Is.True);
        string uri = preset!.Shape.Uri;
        return Preset(name, url + uri[uri.IndexOf('/', "https://".Length)..], fields);
    }

    private static (string Name, string Value) Basic(string user, string password) =>
        ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
