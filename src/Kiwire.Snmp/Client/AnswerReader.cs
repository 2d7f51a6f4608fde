using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>Makes an outcome of an answer's PDU.</summary>
internal static class AnswerReader
{
    public static SnmpOutcome Read(in PduRequest request, PduView answer)
    {
        if (answer.ErrorStatus != SnmpErrorStatus.NoError)
        {
            return SnmpOutcome.Refused(answer.ErrorStatus, answer.ErrorIndex);
        }

        ReadOnlySpan<ObjectId> asked = request.Ids.Span;
        if (!BindingReader.TryRead(answer.Bindings, request.Type == PduType.GetRequest ? asked : default, out VariableBinding[] bindings, out string fault))
        {
            return SnmpOutcome.Failed(SnmpFault.Malformed, fault);
        }

        return request.Type switch
        {
            PduType.GetRequest when !AreOf(asked, bindings) => SnmpOutcome.Failed(SnmpFault.Malformed, "it has other objects than were asked for"),
            PduType.GetNextRequest when bindings.Length != asked.Length => SnmpOutcome.Failed(SnmpFault.Malformed, "it has more or fewer objects than were asked for"),
            _ => SnmpOutcome.Answered(bindings),
        };
    }

    private static bool AreOf(ReadOnlySpan<ObjectId> asked, VariableBinding[] bindings)
    {
        if (asked.Length != bindings.Length)
        {
            return false;
        }

        for (int i = 0; i < asked.Length; i++)
        {
            if (asked[i] != bindings[i].Id)
            {
                return false;
            }
        }

        return true;
    }
}
