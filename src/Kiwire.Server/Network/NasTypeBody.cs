using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Network;

/// <summary>A NAS type, in the words of its file.</summary>
internal sealed record NasTypeBody
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required string Description { get; init; }

    [Description("False: it takes neither CoA- nor Disconnect-Requests.")]
    public required bool Listens { get; init; }

    [Description("Where such equipment usually takes CoA-Requests.")]
    public required int CoaPort { get; init; }

    [Description("What an accept carries for rates and volume.")]
    public required IReadOnlyList<AcceptAttributeBody> Accept { get; init; }

    public required DisconnectBody Disconnect { get; init; }

    public required AuthorizeBody Authorize { get; init; }

    public required NasAdvice Advice { get; init; }

    [Description("How it works with the captive portal; null: in no way that is known.")]
    public required PortalBody? Portal { get; init; }

    public static NasTypeBody Of(NasType type) => new()
    {
        Name = type.Name,
        Aliases = type.Aliases,
        Description = type.Description,
        Listens = type.DynamicAuthorization.Listens,
        CoaPort = type.CoaPort,
        Accept = [.. type.Accept.Select(AcceptAttributeBody.Of)],
        Disconnect = new DisconnectBody
        {
            Port = type.DynamicAuthorization.DisconnectPort ?? type.CoaPort,
            Identify = Names(type.DynamicAuthorization.DisconnectIdentities),
        },
        Authorize = AuthorizeBody.Of(type.DynamicAuthorization.Authorize),
        Advice = type.DynamicAuthorization.Advice,
        Portal = type.Portal is { } portal ? PortalBody.Of(portal) : null,
    };

    internal static IReadOnlyList<IReadOnlyList<string>> Names(IReadOnlyList<IReadOnlyList<SessionAttribute>> identities) =>
        [.. identities.Select(set => set.Select(attribute => NameOf(0, (byte)attribute)).ToArray())];

    internal static string NameOf(uint vendor, byte type) =>
        RadiusDictionary.BuiltIn.TryGet(vendor, type, out DictionaryAttribute? attribute) ? attribute.Name : $"Attr-{vendor}.{type}";
}

/// <summary>One attribute that an accept carries: a number of one fact, or a text in which facts stand in braces.</summary>
internal sealed record AcceptAttributeBody
{
    public required string Attribute { get; init; }

    [Description("The fact that the number is made of: downKbps, upKbps, minDownKbps, minUpKbps or volumeLeftOctets.")]
    public string? Value { get; init; }

    public long? Times { get; init; }

    public long? DividedBy { get; init; }

    [Description("low32 or high32: the half of the number that is sent; null: all of it.")]
    public NumberPart? Part { get; init; }

    public string? Text { get; init; }

    [Description("Sent where one of these is set.")]
    public IReadOnlyList<string>? When { get; init; }

    [Description("Not sent where one of these is set.")]
    public IReadOnlyList<string>? Unless { get; init; }

    public static AcceptAttributeBody Of(AcceptAttribute attribute)
    {
        AcceptAttributeBody body = new() { Attribute = NasTypeBody.NameOf(attribute.Vendor, attribute.Type) };
        return attribute switch
        {
            AcceptNumber number => body with { Value = Word(number.Value), Times = number.Times, DividedBy = number.DividedBy, Part = number.Part },
            AcceptText text => body with { Text = TextOf(text), When = Words(text.When), Unless = Words(text.Unless) },
            _ => body,
        };
    }

    private static string TextOf(AcceptText text)
    {
        StringBuilder written = new();
        foreach ((byte[] octets, AcceptFact fact) in text.Pieces)
        {
            written.Append(Encoding.UTF8.GetString(octets)).Append(fact == AcceptFact.None ? "" : $"{{{Word(fact)}}}");
        }

        return written.ToString();
    }

    private static string[] Words(AcceptFact facts) =>
        [.. Enum.GetValues<AcceptFact>().Where(fact => fact != AcceptFact.None && (facts & fact) != 0).Select(Word)];

    private static string Word(AcceptFact fact) => JsonNamingPolicy.CamelCase.ConvertName(fact.ToString());
}

/// <summary>How a session is ended.</summary>
internal sealed record DisconnectBody
{
    [Description("Where such equipment usually takes Disconnect-Requests.")]
    public required int Port { get; init; }

    [Description("The sets of attributes that name a session, in the order in which they are tried.")]
    public required IReadOnlyList<IReadOnlyList<string>> Identify { get; init; }
}

/// <summary>How a session is given other rights while it lasts.</summary>
internal sealed record AuthorizeBody
{
    [Description("How a client is let in: push (a CoA-Request carries the accept), reauthenticate (the NAS is told to ask again) or none.")]
    public required AuthorizeBy By { get; init; }

    [Description("How rates and volume are changed.")]
    public required AuthorizeBy Limits { get; init; }

    [Description("Reauthentication is asked for by a Disconnect-Request.")]
    public required bool ByDisconnect { get; init; }

    [Description("What a CoA-Request leaves out is taken as no limit.")]
    public required bool WholeSet { get; init; }

    [Description("The sets of attributes that name a session, in the order in which they are tried.")]
    public required IReadOnlyList<IReadOnlyList<string>> Identify { get; init; }

    [Description("What such a CoA-Request carries besides, by name.")]
    public required IReadOnlyList<string> Attributes { get; init; }

    public static AuthorizeBody Of(AuthorizeForm form) => new()
    {
        By = form.By,
        Limits = form.Limits,
        ByDisconnect = form.ByDisconnect,
        WholeSet = form.WholeSet,
        Identify = NasTypeBody.Names(form.Identities),
        Attributes = [.. form.Attributes.Select(attribute =>
            $"{attribute.Attribute.Name} = {(attribute.Attribute.TryFormat(attribute.Octets, out string? text) ? text : "0x" + Convert.ToHexStringLower(attribute.Octets))}")],
    };
}
