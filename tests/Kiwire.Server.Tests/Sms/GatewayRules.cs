using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Tests.Sms;

/// <summary>
/// What each provider accepts, refuses and answers, from its own documents: Twilio's OpenAPI file, MessageBird's clients, SignalWire's
/// OpenAPI file, Clickatell's archive, LOX24's public clients, Nexmo's definitions.
/// </summary>
internal static partial class GatewayRules
{
    public const string TwilioSid = "AC0123456789abcdef0123456789ABCDEF";
    public const string TwilioToken = "twilio-token-1";
    public const string TwilioServiceSid = "MG0123456789abcdef0123456789abcdef";
    public const string MessageBirdKey = "test_key-1";
    public const string SignalWireProject = "b2c9f1de-7d3e-4b0b-9a51-2f6d1c0a9e77";
    public const string SignalWireToken = "PT-signalwire-token";
    public const string Password = "p&ss wörd+1";

    public static GatewayAnswer Twilio(GatewayRequest request)
    {
        if (request.Method != "POST" || request.Path != $"/2010-04-01/Accounts/{TwilioSid}/Messages.json")
        {
            return TwilioError(404, 20404, "The requested resource was not found");
        }

        if (!request.IsForm)
        {
            return TwilioError(415, 20415, "Unsupported media type");
        }

        if (!request.HasBasic(TwilioSid, TwilioToken))
        {
            return TwilioError(401, 20003, "Authenticate");
        }

        IReadOnlyDictionary<string, string> form = request.Variables;
        string[] known = ["To", "Body", "From", "MessagingServiceSid", "StatusCallback", "ValidityPeriod"];
        if (form.Keys.Except(known).Any())
        {
            return TwilioError(400, 20001, "Unknown parameter");
        }

        if (!form.TryGetValue("To", out string? to))
        {
            return TwilioError(400, 21604, "'To' phone number is required");
        }

        if (!E164().IsMatch(to))
        {
            return TwilioError(400, 21211, $"The 'To' number {to} is not a valid phone number.");
        }

        if (!form.TryGetValue("Body", out string? body) || body.Length == 0)
        {
            return TwilioError(400, 21602, "Message body is required");
        }

        if (body.Length > 1600)
        {
            return TwilioError(400, 21617, "The concatenated message body exceeds the 1600 character limit");
        }

        bool hasService = form.TryGetValue("MessagingServiceSid", out string? service);
        if ((!hasService && !form.ContainsKey("From")) || (hasService && !ServiceSid().IsMatch(service!)))
        {
            return TwilioError(400, 21603, "A 'From' phone number is required");
        }

        if (form.TryGetValue("From", out string? from) && !TwilioFrom().IsMatch(from))
        {
            return TwilioError(400, 21212, $"The 'From' number {from} is not a valid phone number");
        }

        if (form.TryGetValue("ValidityPeriod", out string? validity) && int.Parse(validity, System.Globalization.CultureInfo.InvariantCulture) is < 1 or > 36000)
        {
            return TwilioError(400, 21621, "ValidityPeriod is out of range");
        }

        return new GatewayAnswer(201, JsonSerializer.Serialize(new
        {
            sid = "SM00000000000000000000000000000001", status = hasService ? "accepted" : "queued", account_sid = TwilioSid, api_version = "2010-04-01", body,
            date_created = "Thu, 24 Aug 2023 05:01:45 +0000", date_sent = (string?)null, direction = "outbound-api", error_code = (int?)null, error_message = (string?)null,
            from = hasService ? null : from, to, num_segments = "2", num_media = "0", price = (string?)null, price_unit = "USD",
        }));
    }

    public static GatewayAnswer SignalWire(GatewayRequest request)
    {
        string root = $"/api/laml/2010-04-01/Accounts/{SignalWireProject}/Messages";
        if (request.Method != "POST" || (request.Path != root && request.Path != root + ".json") || !request.IsForm)
        {
            return TwilioError(404, 20404, "Not found");
        }

        if (!request.HasBasic(SignalWireProject, SignalWireToken))
        {
            return TwilioError(401, 20003, "Authenticate");
        }

        IReadOnlyDictionary<string, string> form = request.Variables;
        if (!form.ContainsKey("To") || !form.ContainsKey("From") || !form.ContainsKey("Body"))
        {
            return TwilioError(422, 21604, "To, From and Body are required");
        }

        return new GatewayAnswer(201, $$"""{"sid":"0aa1c4b8-1f6e-4f43-9b1c-6a4f6f2d0c11","account_sid":"{{SignalWireProject}}","status":"queued","num_segments":1,"num_media":0,"price":null,"error_code":null}""");
    }

    public static GatewayAnswer MessageBird(GatewayRequest request)
    {
        if (request.Method != "POST" || request.Path != "/messages")
        {
            return MessageBirdError(404, 20, "message not found", null);
        }

        if (request.Header("Authorization") != $"AccessKey {MessageBirdKey}")
        {
            return MessageBirdError(401, 2, "Request not allowed (incorrect access_key)", "access_key");
        }

        JsonElement body = request.Json;
        if (!request.IsJson || !body.TryGetProperty("recipients", out JsonElement recipients) || recipients.ValueKind != JsonValueKind.Array
            || recipients.EnumerateArray().Any(number => number.ValueKind != JsonValueKind.Number))
        {
            return MessageBirdError(422, 9, "no (correct) recipients found", "recipients");
        }

        if (!body.TryGetProperty("originator", out JsonElement originator) || originator.GetString()!.Length is 0 or > 15)
        {
            return MessageBirdError(422, 10, "originator is invalid", "originator");
        }

        if (!body.TryGetProperty("body", out JsonElement text) || text.GetString()!.Length == 0)
        {
            return MessageBirdError(422, 9, "body is required", "body");
        }

        return new GatewayAnswer(201, $$$"""{"id":"e8077d803532c0b5937c639b60216938","href":"https://rest.messagebird.com/messages/e8077d803532c0b5937c639b60216938","direction":"mt","type":"sms","recipients":{"totalCount":1,"totalSentCount":1,"items":[{"recipient":{{{recipients[0].GetRawText()}}},"status":"sent"}]}}""");
    }

    public static GatewayAnswer MessageBirdV1(GatewayRequest request)
    {
        if (request.Path != "/api/sms")
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string code = given.GetValueOrDefault("username") != "me" || given.GetValueOrDefault("password") != Password ? "97"
            : !MessageBirdSender().IsMatch(given.GetValueOrDefault("sender", "")) ? "89"
            : !Digits().IsMatch(given.GetValueOrDefault("destination", "")) ? "93"
            : given.GetValueOrDefault("body", "").Length == 0 ? "95"
            : "01";
        return new GatewayAnswer(200, code);
    }

    public static GatewayAnswer Clickatell(GatewayRequest request)
    {
        if (request.Path != "/http/sendmsg")
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string answer = given.GetValueOrDefault("user") != "me" || given.GetValueOrDefault("password") != Password ? "ERR: 001, Authentication failed"
            : given.GetValueOrDefault("api_id") != "3001" ? "ERR: 108, Invalid or missing API ID"
            : !Digits().IsMatch(given.GetValueOrDefault("to", "")) ? "ERR: 105, Invalid Destination Address"
            : given.GetValueOrDefault("text", "").Length == 0 ? "ERR: 107, Cannot send an empty message"
            : given.GetValueOrDefault("unicode") == "1" && !Hex().IsMatch(given["text"]) ? "ERR: 101, Invalid or missing parameters"
            : "ID: 205e85d0578314037a96175249fc6a2b";
        return new GatewayAnswer(200, answer);
    }

    public static GatewayAnswer Lox24(GatewayRequest request)
    {
        if (request.Path != "/API/httpsms.php")
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string answer = given.GetValueOrDefault("konto") != "1" || given.GetValueOrDefault("password") != "APIV1Key" || given.GetValueOrDefault("service") != "5" ? "200\nfalsche Zugangsdaten"
            : given.GetValueOrDefault("text", "").Length == 0 ? "201\nkein Text"
            : !E164().IsMatch(given.GetValueOrDefault("to", "")) ? "202\nkein Empfänger"
            : "100\nSMS erfolgreich versendet";
        return new GatewayAnswer(200, answer);
    }

    public static GatewayAnswer Vonage(GatewayRequest request)
    {
        IReadOnlyDictionary<string, string> given = request.Variables;
        return request.Path != "/sms/json" ? new GatewayAnswer(404, "")
            : given.GetValueOrDefault("api_key") != "key" || given.GetValueOrDefault("api_secret") != Password
                ? new GatewayAnswer(200, """{"message-count":"1","messages":[{"status":"4","error-text":"Bad Credentials"}]}""")
            : !given.ContainsKey("from") || !Digits().IsMatch(given.GetValueOrDefault("to", "")) || !given.ContainsKey("text")
                ? new GatewayAnswer(200, """{"message-count":"1","messages":[{"status":"2","error-text":"Missing to param"}]}""")
            : new GatewayAnswer(200, $$"""{"message-count":"1","messages":[{"to":"{{given["to"]}}","message-id":"0A0000000123ABCD1","status":"0","remaining-balance":"3.14"}]}""");
    }

    private static GatewayAnswer TwilioError(int status, int code, string message) => new(
        status, JsonSerializer.Serialize(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }));

    private static GatewayAnswer MessageBirdError(int status, int code, string description, string? parameter) => new(
        status, JsonSerializer.Serialize(new { errors = new[] { new { code, description, parameter } } }));

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex E164();

    [GeneratedRegex(@"^[1-9][0-9]{6,14}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"^MG[0-9a-fA-F]{32}\z")]
    private static partial Regex ServiceSid();

    [GeneratedRegex(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9 ]{1,11})\z")]
    private static partial Regex TwilioFrom();

    [GeneratedRegex(@"^([A-Za-z0-9]{1,11}|[0-9]{1,16})\z")]
    private static partial Regex MessageBirdSender();

    [GeneratedRegex(@"^([0-9A-F]{4})+\z")]
    private static partial Regex Hex();
}
