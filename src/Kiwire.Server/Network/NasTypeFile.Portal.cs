using System.Text.Json;

namespace Kiwire.Server.Network;

/// <summary>What a file of <c>nas-types</c> says about captive portals.</summary>
internal sealed partial class NasTypeFile
{
    private PortalForm? ReadPortal(JsonElement root)
    {
        const string at = "$.portal";
        if (!root.TryGetProperty("portal", out JsonElement item)
            || !IsObject(item, at, ["recognise", "device", "address", "nas", "wanted", "success", "failure", "login"], ["recognise"]))
        {
            return null;
        }

        return new PortalForm
        {
            Recognise = ReadTexts(item.GetProperty("recognise"), $"{at}.recognise", atLeastOne: true),
            Device = ReadNames(item, "device", at),
            Address = ReadNames(item, "address", at),
            Nas = ReadNames(item, "nas", at),
            Wanted = ReadNames(item, "wanted", at),
            Success = item.TryGetProperty("success", out JsonElement success) ? ReadSign(success, $"{at}.success") : null,
            Failure = item.TryGetProperty("failure", out JsonElement failure) ? ReadSign(failure, $"{at}.failure") : null,
            Login = item.TryGetProperty("login", out JsonElement login) ? ReadPortalLogin(login, $"{at}.login") : null,
        };
    }

    private PortalLogin? ReadPortalLogin(JsonElement item, string at)
    {
        if (!IsObject(item, at, ["addresses", "method", "fields", "chap", "hosts"], ["addresses", "fields"]))
        {
            return null;
        }

        PortalLogin login = new()
        {
            Addresses = [.. Items(item.GetProperty("addresses"), $"{at}.addresses", atLeastOne: true).Select(address => ReadPortalAddress(address.Item, address.At)).OfType<PortalAddress>()],
            IsPost = !item.TryGetProperty("method", out JsonElement method) || ReadWord(method, $"{at}.method", FormMethod.Post, FormMethod.Get) == FormMethod.Post,
            Fields = ReadPortalFields(item.GetProperty("fields"), $"{at}.fields"),
            Hosts = item.TryGetProperty("hosts", out JsonElement hosts) ? ReadTexts(hosts, $"{at}.hosts") : [],
        };
        return item.TryGetProperty("chap", out JsonElement chap) ? ReadChap(login, chap, $"{at}.chap") : login;
    }

    private PortalLogin ReadChap(PortalLogin login, JsonElement item, string at)
    {
        if (!IsObject(item, at, ["form", "identifier", "challenge"], ["form", "challenge"]))
        {
            return login;
        }

        PortalChap form = ReadWord(item.GetProperty("form"), $"{at}.form", PortalChap.Http, PortalChap.Uam);
        bool hasIdentifier = item.TryGetProperty("identifier", out JsonElement identifier);
        if (hasIdentifier != (form == PortalChap.Http))
        {
            Fail($"{at}.identifier", "belongs to \"form\": \"http\" and to no other; it must be there with it, and not without");
        }

        return login with
        {
            Chap = form,
            ChapIdentifier = hasIdentifier ? ReadText(identifier, $"{at}.identifier") : "",
            ChapChallenge = ReadText(item.GetProperty("challenge"), $"{at}.challenge"),
        };
    }

    private PortalAddress? ReadPortalAddress(JsonElement item, string at)
    {
        if (!IsObject(item, at, ["to", "when"], ["to"]) || ReadTemplate(item.GetProperty("to"), $"{at}.to") is not { } to)
        {
            return null;
        }

        if (!to.IsOneName && !to.Text.StartsWith("http://", StringComparison.Ordinal) && !to.Text.StartsWith("https://", StringComparison.Ordinal)
            && !to.Text.StartsWith("{scheme}://", StringComparison.Ordinal))
        {
            Fail($"{at}.to", $"is \"{to}\"; it must be one parameter, such as \"{{link-login-only}}\", or begin with http://, https:// or {{scheme}}://");
        }

        return new PortalAddress(to, ReadNames(item, "when", at));
    }

    private List<PortalField> ReadPortalFields(JsonElement item, string at)
    {
        List<PortalField> fields = [];
        if (item.ValueKind != JsonValueKind.Object)
        {
            Fail(at, $"is {Describe(item)}; it must be an object of names and texts");
            return fields;
        }

        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (ReadTemplate(property.Value, $"{at}.{property.Name}") is { } value)
            {
                fields.Add(new PortalField(property.Name, value));
            }
        }

        foreach (string needed in (string[])[PortalTemplate.Username, PortalTemplate.Password])
        {
            if (fields.Count > 0 && !fields.Exists(field => field.Value.Text.Contains($"{{{needed}}}", StringComparison.Ordinal)))
            {
                Fail(at, $"has no {{{needed}}}; one of its values must");
            }
        }

        return fields;
    }

    private PortalTemplate? ReadTemplate(JsonElement item, string at)
    {
        string text = ReadText(item, at);
        if (text.Length == 0)
        {
            return null;
        }

        if (!PortalTemplate.TryParse(text, out PortalTemplate? template, out string? fault))
        {
            Fail(at, fault);
        }

        return template;
    }

    private PortalSign? ReadSign(JsonElement item, string at) => !IsObject(item, at, ["parameter", "values"], ["parameter"])
        ? null
        : new PortalSign(ReadText(item.GetProperty("parameter"), $"{at}.parameter"), ReadNames(item, "values", at));

    private string[] ReadNames(JsonElement item, string name, string at) =>
        item.TryGetProperty(name, out JsonElement names) ? ReadTexts(names, $"{at}.{name}", atLeastOne: true) : [];

    private string[] ReadTexts(JsonElement item, string at, bool atLeastOne = false) =>
        [.. Items(item, at, atLeastOne).Select(one => ReadText(one.Item, one.At))];

    private enum FormMethod
    {
        Post,
        Get,
    }
}
