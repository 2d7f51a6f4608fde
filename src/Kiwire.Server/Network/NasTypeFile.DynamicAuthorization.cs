using System.Text.Json;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Network;

/// <summary>What a file of <c>nas-types</c> says about CoA- and Disconnect-Requests.</summary>
internal sealed partial class NasTypeFile
{
    private static readonly string SessionAttributeNames = string.Join(
        ", ", Enum.GetValues<SessionAttribute>().Select(attribute => RadiusDictionary.BuiltIn.TryGet(0, (byte)attribute, out DictionaryAttribute? known) ? known.Name : ""));

    private DynamicAuthorizationForm ReadDynamicAuthorization(JsonElement root)
    {
        DynamicAuthorizationForm form = new();
        if (root.TryGetProperty("listens", out JsonElement listens))
        {
            form = form with { Listens = ReadTruth(listens, "$.listens") };
        }

        if (root.TryGetProperty("requests", out JsonElement requests))
        {
            form = ReadRequests(form, requests, "$.requests");
        }

        if (root.TryGetProperty("disconnect", out JsonElement disconnect))
        {
            form = ReadDisconnect(form, disconnect, "$.disconnect");
        }

        if (root.TryGetProperty("authorize", out JsonElement authorize))
        {
            form = form with { Authorize = ReadAuthorize(form, authorize, "$.authorize") };
        }

        return root.TryGetProperty("advice", out JsonElement advice) ? form with { Advice = ReadAdvice(advice, "$.advice") } : form;
    }

    private DynamicAuthorizationForm ReadRequests(DynamicAuthorizationForm form, JsonElement item, string at)
    {
        if (!IsObject(item, at, ["eventTimestamp", "messageAuthenticator", "nasIpAddress", "nasIdentifier", "callingStationId", "forbidden"], []))
        {
            return form;
        }

        return form with
        {
            EventTimestamp = !item.TryGetProperty("eventTimestamp", out JsonElement timestamp) || ReadTruth(timestamp, $"{at}.eventTimestamp"),
            MessageAuthenticator = !item.TryGetProperty("messageAuthenticator", out JsonElement proof) || ReadTruth(proof, $"{at}.messageAuthenticator"),
            NasIpAddress = !item.TryGetProperty("nasIpAddress", out JsonElement address) || ReadTruth(address, $"{at}.nasIpAddress"),
            NasIdentifier = item.TryGetProperty("nasIdentifier", out JsonElement identifier)
                ? ReadWord(identifier, $"{at}.nasIdentifier", NasIdentifierForm.None, NasIdentifierForm.Identity, NasIdentifierForm.ApMac)
                : NasIdentifierForm.None,
            CallingStationId = item.TryGetProperty("callingStationId", out JsonElement notation) ? ReadNotation(notation, $"{at}.callingStationId") : MacNotation.Ieee,
            Forbidden = item.TryGetProperty("forbidden", out JsonElement forbidden)
                ? [.. Items(forbidden, $"{at}.forbidden").Select(name => FindAttribute(name.Item, name.At)).OfType<DictionaryAttribute>()]
                : [],
        };
    }

    private DynamicAuthorizationForm ReadDisconnect(DynamicAuthorizationForm form, JsonElement item, string at) =>
        !IsObject(item, at, ["port", "identify", "bareRefusalIsUnknown"], [])
            ? form
            : form with
            {
                DisconnectPort = item.TryGetProperty("port", out JsonElement port) ? (int)ReadInteger(port, $"{at}.port", 1, 65535) : null,
                DisconnectIdentities = item.TryGetProperty("identify", out JsonElement identify)
                    ? ReadIdentities(form, identify, $"{at}.identify")
                    : DynamicAuthorizationForm.DefaultIdentities,
                BareRefusalIsUnknown = item.TryGetProperty("bareRefusalIsUnknown", out JsonElement bare) && ReadTruth(bare, $"{at}.bareRefusalIsUnknown"),
            };

    private AuthorizeForm ReadAuthorize(DynamicAuthorizationForm form, JsonElement item, string at)
    {
        if (!IsObject(item, at, ["by", "limits", "with", "wholeSet", "identify", "attributes"], ["by"]))
        {
            return form.Authorize;
        }

        AuthorizeBy by = ReadAuthorizeBy(item.GetProperty("by"), $"{at}.by");
        AuthorizeForm authorize = new()
        {
            By = by,
            Limits = item.TryGetProperty("limits", out JsonElement limits) ? ReadAuthorizeBy(limits, $"{at}.limits") : by,
            ByDisconnect = item.TryGetProperty("with", out JsonElement with) && ReadWord(with, $"{at}.with", RequestKind.Coa, RequestKind.Disconnect) == RequestKind.Disconnect,
            WholeSet = item.TryGetProperty("wholeSet", out JsonElement whole) && ReadTruth(whole, $"{at}.wholeSet"),
            Identities = item.TryGetProperty("identify", out JsonElement identify)
                ? ReadIdentities(form, identify, $"{at}.identify")
                : form.DisconnectIdentities,
            Attributes = item.TryGetProperty("attributes", out JsonElement attributes)
                ? [.. Items(attributes, $"{at}.attributes").Select(attribute => ReadFixed(attribute.Item, attribute.At)).OfType<AttributeValue>()]
                : [],
        };
        bool reauthenticates = authorize.By == AuthorizeBy.Reauthenticate || authorize.Limits == AuthorizeBy.Reauthenticate;
        if (authorize.ByDisconnect && (!reauthenticates || authorize.Attributes.Count > 0))
        {
            Fail($"{at}.with", "is \"disconnect\", which is a way to reauthenticate and carries no attributes but the session's (RFC 5176, 3); it goes with \"reauthenticate\" and without \"attributes\"");
        }
        else if (reauthenticates && !authorize.ByDisconnect && authorize.Attributes.Count == 0)
        {
            Fail(at, "has no \"attributes\"; \"reauthenticate\" must have those that tell the NAS to ask again, or \"with\": \"disconnect\"");
        }

        return authorize;
    }

    private List<IReadOnlyList<SessionAttribute>> ReadIdentities(DynamicAuthorizationForm form, JsonElement item, string at)
    {
        List<IReadOnlyList<SessionAttribute>> sets = [];
        foreach ((JsonElement set, string place) in Items(item, at, atLeastOne: true))
        {
            sets.Add([.. Items(set, place, atLeastOne: true).Select(name => ReadSessionAttribute(form, name.Item, name.At))]);
        }

        return sets;
    }

    private SessionAttribute ReadSessionAttribute(DynamicAuthorizationForm form, JsonElement item, string at)
    {
        if (FindAttribute(item, at) is not { } attribute)
        {
            return default;
        }

        if (attribute.Path is not { Vendor: 0, Rest.Count: 0 } || !Enum.IsDefined((SessionAttribute)attribute.Path.First))
        {
            Fail(at, $"is {attribute.Name}, which does not name a session here; it must be one of {SessionAttributeNames}");
        }
        else if (form.Forbidden.Any(forbidden => forbidden.Path == attribute.Path))
        {
            Fail(at, $"is {attribute.Name}, which $.requests.forbidden says that such equipment refuses; it must be in one place only");
        }

        return (SessionAttribute)attribute.Path.First;
    }

    private AttributeValue? ReadFixed(JsonElement item, string at)
    {
        if (!IsObject(item, at, ["attribute", "text"], ["attribute", "text"]) || FindAttribute(item.GetProperty("attribute"), $"{at}.attribute") is not { } attribute)
        {
            return null;
        }

        string text = ReadText(item.GetProperty("text"), $"{at}.text");
        if (text.Length == 0)
        {
            return null;
        }

        if (attribute.IsSecret || !attribute.TryParse(text, default(AttributeContext), out byte[]? octets) || !attribute.Key.CanHold(octets.Length))
        {
            Fail($"{at}.text", $"is \"{text}\", which {attribute.Name} cannot hold (its type is {attribute.Type}); it must be a value of that type, or the name of one");
            return null;
        }

        return new AttributeValue(attribute, octets);
    }

    private NasAdvice ReadAdvice(JsonElement item, string at) =>
        !IsObject(item, at, ["silence", "clock", "refusal"], [])
            ? new NasAdvice()
            : new NasAdvice
            {
                Silence = item.TryGetProperty("silence", out JsonElement silence) ? ReadText(silence, $"{at}.silence") : "",
                Clock = item.TryGetProperty("clock", out JsonElement clock) ? ReadText(clock, $"{at}.clock") : "",
                Refusal = item.TryGetProperty("refusal", out JsonElement refusal) ? ReadText(refusal, $"{at}.refusal") : "",
            };

    private AuthorizeBy ReadAuthorizeBy(JsonElement item, string at) =>
        ReadWord(item, at, AuthorizeBy.Push, AuthorizeBy.Reauthenticate, AuthorizeBy.None);

    private MacNotation ReadNotation(JsonElement item, string at)
    {
        if (item.ValueKind == JsonValueKind.String && MacNotation.TryGet(item.GetString()!, out MacNotation? notation))
        {
            return notation;
        }

        Fail(at, $"is {Describe(item)}; it must be one of {string.Join(", ", MacNotation.Examples)}");
        return MacNotation.Ieee;
    }

    private enum RequestKind
    {
        Coa,
        Disconnect,
    }
}
