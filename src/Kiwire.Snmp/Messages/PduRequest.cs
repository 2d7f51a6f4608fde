using System.Formats.Asn1;
using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Messages;

/// <summary>What is asked of an agent, whatever message it goes in.</summary>
internal readonly struct PduRequest
{
    public PduType Type { get; init; }

    /// <summary>GetBulk: how many of the identifiers are asked for once only.</summary>
    public int NonRepeaters { get; init; }

    /// <summary>GetBulk: how often the others are.</summary>
    public int MaxRepetitions { get; init; }

    /// <summary>What is asked for, without values.</summary>
    public ReadOnlyMemory<ObjectId> Ids { get; init; }

    /// <summary>Set: what is set to what, instead of <see cref="Ids"/>.</summary>
    public ReadOnlyMemory<VariableBinding> Bindings { get; init; }

    /// <summary>
    /// Writes it (RFC 3416, 3):
    /// <code>[type] { request-id INTEGER, error-status | non-repeaters INTEGER, error-index | max-repetitions INTEGER, SEQUENCE OF { name, value } }</code>
    /// </summary>
    public void WriteTo(BerWriter writer, int requestId)
    {
        AsnWriter asn = writer.Asn;
        Asn1Tag type = new(TagClass.ContextSpecific, (int)Type & 0x1F, isConstructed: true);
        asn.PushSequence(type);
        asn.WriteInteger(requestId);
        asn.WriteInteger(NonRepeaters);
        asn.WriteInteger(MaxRepetitions);
        asn.PushSequence();
        foreach (ObjectId id in Ids.Span)
        {
            asn.PushSequence();
            writer.WriteObjectId(id);
            asn.WriteNull();
            asn.PopSequence();
        }

        foreach (VariableBinding binding in Bindings.Span)
        {
            asn.PushSequence();
            writer.WriteObjectId(binding.Id);
            writer.WriteValue(binding.Value);
            asn.PopSequence();
        }

        asn.PopSequence();
        asn.PopSequence(type);
    }
}
