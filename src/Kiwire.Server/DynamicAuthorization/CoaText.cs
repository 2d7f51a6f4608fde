using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>An attribute as an operator writes it: by its name in the dictionaries, its value as the type has it or by the value's name.</summary>
internal readonly record struct CoaText(string Name, string Value)
{
    /// <summary>The most attributes that one request is given by hand.</summary>
    public const int Limit = 64;

    // What the client itself puts in, and what only an answer carries.
    private static readonly string[] NotByHand = ["Event-Timestamp", "Message-Authenticator", "Proxy-State", "Error-Cause", "EAP-Message"];

    /// <summary>Reads them for a NAS; the faults name each as <c>attributes[n]</c>.</summary>
    public static IReadOnlyList<AttributeValue> Parse(IReadOnlyList<CoaText> texts, NasEntry nas, List<FieldFault> faults)
    {
        if (texts.Count is 0 or > Limit)
        {
            faults.Add(new("attributes", $"has {texts.Count} attributes; it must have 1 to {Limit}."));
            return [];
        }

        List<AttributeValue> values = [];
        for (int i = 0; i < texts.Count; i++)
        {
            if (ParseOne(texts[i], $"attributes[{i}]", nas, faults) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static AttributeValue? ParseOne(CoaText text, string field, NasEntry nas, List<FieldFault> faults)
    {
        string name = text.Name.Trim();
        if (!RadiusDictionary.BuiltIn.TryGet(name, out DictionaryAttribute? attribute) || !attribute.IsOnTheWire)
        {
            faults.Add(new($"{field}.name", $"is '{name}', which no dictionary has; it must be an attribute's name, such as Session-Timeout."));
            return null;
        }

        if (NotByHand.Contains(attribute.Name))
        {
            faults.Add(new($"{field}.name", $"is {attribute.Name}, which the server itself puts where it belongs; leave it out."));
            return null;
        }

        if (nas.Type.DynamicAuthorization.Forbidden.Any(forbidden => forbidden.Path == attribute.Path))
        {
            faults.Add(new($"{field}.name", $"is {attribute.Name}, which equipment of type {nas.Type.Name} refuses in such requests; leave it out."));
            return null;
        }

        // Hidden values are hidden under the Request Authenticator, which is 16 zero octets while it is computed (RFC 5176, 2.3).
        AttributeContext context = new(nas.Secret, stackalloc byte[16]);
        if (!attribute.TryParse(text.Value, context, out byte[]? octets) || octets.Length == 0 || !attribute.Key.CanHold(octets.Length))
        {
            string value = attribute.IsSecret ? "a value" : text.Value.Length > 60 ? $"'{text.Value[..60]}...'" : $"'{text.Value}'";
            faults.Add(new($"{field}.value", $"is {value}, which {attribute.Name} cannot hold; it must be {Describe(attribute)}."));
            return null;
        }

        return new AttributeValue(attribute, octets);
    }

    private static string Describe(DictionaryAttribute attribute) => attribute switch
    {
        { Values.Count: > 0 } => $"a number or one of {string.Join(", ", attribute.Values.Take(8).Select(value => value.Name))}{(attribute.Values.Count > 8 ? " ..." : "")}",
        { Type: DictionaryType.Text } => "a text that is not empty, of at most 253 octets (247 for a vendor's)",
        { Type: DictionaryType.IPv4Address } => "an address such as 192.0.2.1",
        { Type: DictionaryType.Octets } => "octets as 0x and hexadecimal digits",
        _ => $"a value of the type {attribute.Type}",
    };
}
