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
    public const string VonageKey = "abcd1234";
    public const string VonageSecret = "abcdef0&23456+89";
    public const string ClickatellKey = "lPe91jCqTwGbErZ6OFeXjQ==";
    public const string LoxToken = "12345:e3f0a1b2c3d4e5f60718293a4b5c6d7e";

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
        if (request.Method != "POST" || request.Path != $"/api/laml/2010-04-01/Accounts/{SignalWireProject}/Messages" || !request.IsForm)
        {
            return TwilioError(404, 20404, "Not found");
        }

        if (!request.HasBasic(SignalWireProject, SignalWireToken))
        {
            return TwilioError(401, 20003, "Authenticate");
        }

        IReadOnlyDictionary<string, string> form = request.Variables;
        if (!E164().IsMatch(form.GetValueOrDefault("To", "")) || !E164().IsMatch(form.GetValueOrDefault("From", "")) || form.GetValueOrDefault("Body", "").Length == 0)
        {
            return TwilioError(422, 21604, "To, From and Body are required");
        }

        if (HasOther(form.Keys, "To", "From", "Body", "MessagingServiceSid", "MediaUrl", "StatusCallback", "ValidityPeriod", "MaxPrice", "SendAsMms", "ApplicationSid"))
        {
            return TwilioError(400, 20001, "Unknown parameter");
        }

        return new GatewayAnswer(201, $$"""{"sid":"0aa1c4b8-1f6e-4f43-9b1c-6a4f6f2d0c11","account_sid":"{{SignalWireProject}}","status":"queued","api_version":"2010-04-01","direction":"outbound-api","num_segments":1,"num_media":0,"price":null,"price_unit":"USD","error_code":null,"error_message":null}""");
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

        JsonElement body = request.IsJson ? request.Json : default;
        if (request.Header("Accept") != "application/json" || !request.IsJson || !body.TryGetProperty("recipients", out JsonElement recipients) || recipients.ValueKind != JsonValueKind.Array
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

        string[] known = ["originator", "recipients", "body", "type", "reference", "validity", "gateway", "typeDetails", "datacoding", "mclass", "scheduledDatetime", "reportUrl"];
        if (HasOther(body.EnumerateObject().Select(field => field.Name), known))
        {
            return MessageBirdError(422, 10, "unknown parameter", null);
        }

        if (body.TryGetProperty("datacoding", out JsonElement coding) && coding.GetString() is not ("plain" or "unicode" or "auto"))
        {
            return MessageBirdError(422, 10, "datacoding is invalid", "datacoding");
        }

        if (body.TryGetProperty("validity", out JsonElement validity) && (validity.ValueKind != JsonValueKind.Number || validity.GetInt32() < 1))
        {
            return MessageBirdError(422, 10, "validity is invalid", "validity");
        }

        return new GatewayAnswer(201, $$$"""{"id":"e8077d803532c0b5937c639b60216938","href":"https://rest.messagebird.com/messages/e8077d803532c0b5937c639b60216938","direction":"mt","type":"sms","recipients":{"totalCount":1,"totalSentCount":1,"items":[{"recipient":{{{recipients[0].GetRawText()}}},"status":"sent"}]}}""");
    }

    public static GatewayAnswer MessageBirdV1(GatewayRequest request)
    {
        if (request.Path != "/api/sms" || !IsGetOrForm(request))
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string code = HasOther(given.Keys, "username", "password", "sender", "destination", "body", "responsetype", "reference", "timestamp", "test", "gateway_id", "replacechars", "dlr_url", "inbox") ? "99"
            : given.GetValueOrDefault("username") != "me" || given.GetValueOrDefault("password") != Password ? "97"
            : !MessageBirdSender().IsMatch(given.GetValueOrDefault("sender", "")) ? "89"
            : !Digits().IsMatch(given.GetValueOrDefault("destination", "")) ? "93"
            : given.GetValueOrDefault("body", "").Length == 0 ? "95"
            : "01";
        return new GatewayAnswer(200, code);
    }

    public static GatewayAnswer Clickatell(GatewayRequest request)
    {
        if (request.Path != "/http/sendmsg" || !IsGetOrForm(request))
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string answer = given.GetValueOrDefault("user") != "me" || given.GetValueOrDefault("password") != Password ? "ERR: 001, Authentication failed"
            : given.GetValueOrDefault("api_id") != "3001" ? "ERR: 108, Invalid or missing API ID"
            : !Digits().IsMatch(given.GetValueOrDefault("to", "")) ? "ERR: 105, Invalid Destination Address"
            : given.GetValueOrDefault("text", "").Length == 0 ? "ERR: 107, Cannot send an empty message"
            : HasOther(given.Keys, "user", "password", "api_id", "session_id", "to", "text", "from", "mo", "callback", "concat", "unicode", "climsgid") ? "ERR: 101, Invalid or missing parameters"
            : given.GetValueOrDefault("unicode") == "1" && !Hex().IsMatch(given["text"]) ? "ERR: 101, Invalid or missing parameters"
            : "ID: 205e85d0578314037a96175249fc6a2b";
        return new GatewayAnswer(200, answer);
    }

    public static GatewayAnswer Lox24(GatewayRequest request)
    {
        if (request.Path != "/API/httpsms.php" || !IsGetOrForm(request))
        {
            return new GatewayAnswer(404, "");
        }

        IReadOnlyDictionary<string, string> given = request.Variables;
        string answer = given.GetValueOrDefault("konto") != "1" || given.GetValueOrDefault("password") != "APIV1Key" || given.GetValueOrDefault("service") != "5" ? "200\nfalsche Zugangsdaten"
            : given.GetValueOrDefault("text", "").Length == 0 ? "201\nkein Text"
            : !E164().IsMatch(given.GetValueOrDefault("to", "")) ? "202\nkein Empfänger"
            : given.ContainsKey("from") && !LoxSender().IsMatch(given["from"]) ? "210\nAbsender ungültig"
            : given.GetValueOrDefault("encoding", "0") is not ("0" or "1") ? "211\nKodierung ungültig"
            : HasOther(given.Keys, "konto", "password", "service", "text", "to", "from", "encoding", "timestamp", "return", "httphead", "action") ? "209\nunbekannt"
            : "100\nSMS erfolgreich versendet";
        return new GatewayAnswer(200, answer);
    }

    public static GatewayAnswer Vonage(GatewayRequest request)
    {
        IReadOnlyDictionary<string, string> given = request.Variables;
        return request.Path != "/sms/json" || request.Method != "POST" || !request.IsForm ? new GatewayAnswer(404, "")
            : given.GetValueOrDefault("api_key") != VonageKey || given.GetValueOrDefault("api_secret") != VonageSecret
                ? new GatewayAnswer(200, """{"message-count":"1","messages":[{"status":"4","error-text":"Bad Credentials"}]}""")
            : !given.ContainsKey("from") || !Digits().IsMatch(given.GetValueOrDefault("to", "")) || !given.ContainsKey("text")
                ? new GatewayAnswer(200, """{"message-count":"1","messages":[{"status":"2","error-text":"Missing to param"}]}""")
            : given["text"].Any(character => character > '\u00ff') && given.GetValueOrDefault("type") != "unicode" || HasOther(given.Keys, "api_key", "api_secret", "from", "to", "text", "type", "ttl", "callback", "client-ref", "status-report-req")
                ? new GatewayAnswer(200, """{"message-count":"1","messages":[{"status":"3","error-text":"Invalid value for param: type"}]}""")
            : new GatewayAnswer(200, $$"""{"message-count":"1","messages":[{"to":"{{given["to"]}}","message-id":"0A0000000123ABCD1","status":"0","remaining-balance":"3.14"}]}""");
    }

    /// <summary>Clickatell's platform: JSON under the bare key; 202, and of each message whether it was accepted.</summary>
    public static GatewayAnswer ClickatellPlatform(GatewayRequest request)
    {
        if (request.Path != "/messages" || request.Method != "POST" || !request.IsJson)
        {
            return new GatewayAnswer(404, "");
        }

        if (request.Header("Authorization") != ClickatellKey)
        {
            return new GatewayAnswer(401, """{"messages":[],"error":"Invalid or missing Integration API Key."}""");
        }

        JsonElement body = request.Json;
        if (HasOther(body.EnumerateObject().Select(field => field.Name), "content", "to", "from", "callback", "charset", "clientMessageId", "validityPeriod")
            || !body.TryGetProperty("content", out JsonElement content) || content.GetString()!.Length == 0
            || !body.TryGetProperty("to", out JsonElement to) || to.ValueKind != JsonValueKind.Array || to.GetArrayLength() != 1)
        {
            return new GatewayAnswer(400, """{"messages":[],"error":"Invalid or missing parameter."}""");
        }

        string number = to[0].GetString()!;
        return Digits().IsMatch(number) && !number.EndsWith("0000", StringComparison.Ordinal)
            ? new GatewayAnswer(202, JsonSerializer.Serialize(new { messages = new[] { new { apiMessageId = "02ca87d5a95446e68b0ac36a0c2057f1", accepted = true, to = number, error = (string?)null } }, error = (string?)null }))
            : new GatewayAnswer(207, JsonSerializer.Serialize(new { messages = new[] { new { apiMessageId = (string?)null, accepted = false, to = number, error = "Invalid Destination Address." } }, error = (string?)null }));
    }

    /// <summary>LOX24's REST API: JSON under a token of client and key; 201.</summary>
    public static GatewayAnswer Lox24Rest(GatewayRequest request)
    {
        if (request.Path != "/sms" || request.Method != "POST")
        {
            return new GatewayAnswer(404, """{"code":404,"message":"Not Found"}""");
        }

        if (request.Header("X-LOX24-AUTH-TOKEN") != LoxToken)
        {
            return new GatewayAnswer(401, """{"code":401,"message":"Invalid credentials."}""");
        }

        JsonElement body = request.IsJson ? request.Json : default;
        string[] known = ["sender_id", "phone", "text", "service_code", "delivery_at", "is_unicode", "callback_data", "source", "voice_lang", "is_delete_text"];
        if (!request.IsJson || HasOther(body.EnumerateObject().Select(field => field.Name), known))
        {
            return new GatewayAnswer(400, """{"title":"An error occurred","detail":"Extra attributes are not allowed."}""");
        }

        return LoxSender().IsMatch(TextOf(body, "sender_id")) && E164().IsMatch(TextOf(body, "phone")) && TextOf(body, "text").Length > 0 && TextOf(body, "service_code") is "direct" or "economy"
            ? new GatewayAnswer(201, """{"uuid":"0a5a4e8a-2d1f-11ee-be56-0242ac120002","status_code":0,"price":0.07,"chars_count":19,"sms_count":1}""")
            : new GatewayAnswer(422, """{"title":"An error occurred","detail":"phone: This value is not valid."}""");
    }

    private static string TextOf(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static bool HasOther(IEnumerable<string> given, params string[] known) => given.Except(known).Any();

    private static bool IsGetOrForm(GatewayRequest request) => request.Method == "GET" || (request.Method == "POST" && request.IsForm);

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

    [GeneratedRegex(@"^(\+?[0-9]{1,15}|.{1,11})\z")]
    private static partial Regex LoxSender();

    [GeneratedRegex(@"^([0-9A-F]{4})+\z")]
    private static partial Regex Hex();
}
