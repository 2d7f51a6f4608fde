using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Security;

/// <summary>What the counter in a Report-PDU says of the message that it answers (RFC 3414, 5; RFC 3412, 5; RFC 3413, 4.1.2).</summary>
internal static class UsmReport
{
    public static readonly ObjectId UnsupportedSecLevels = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 1, 0);
    public static readonly ObjectId NotInTimeWindows = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 2, 0);
    public static readonly ObjectId UnknownUserNames = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 3, 0);
    public static readonly ObjectId UnknownEngineIds = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0);
    public static readonly ObjectId WrongDigests = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 5, 0);
    public static readonly ObjectId DecryptionErrors = new(1, 3, 6, 1, 6, 3, 15, 1, 1, 6, 0);
    public static readonly ObjectId UnavailableContexts = new(1, 3, 6, 1, 6, 3, 12, 1, 4, 0);
    public static readonly ObjectId UnknownContexts = new(1, 3, 6, 1, 6, 3, 12, 1, 5, 0);
    public static readonly ObjectId UnknownSecurityModels = new(1, 3, 6, 1, 6, 3, 11, 2, 1, 1, 0);
    public static readonly ObjectId InvalidMsgs = new(1, 3, 6, 1, 6, 3, 11, 2, 1, 2, 0);
    public static readonly ObjectId UnknownPduHandlers = new(1, 3, 6, 1, 6, 3, 11, 2, 1, 3, 0);

    /// <summary>What went wrong. Malformed: a report about nothing that is known here.</summary>
    public static SnmpFault FaultOf(in PduView report)
    {
        if (!BindingReader.TryRead(report.Bindings, [], out VariableBinding[] bindings, out _) || bindings is not [{ Id: var id }, ..])
        {
            return SnmpFault.Malformed;
        }

        return id switch
        {
            _ when id == UnknownEngineIds => SnmpFault.UnknownEngine,
            _ when id == NotInTimeWindows => SnmpFault.NotInTimeWindow,
            _ when id == UnknownUserNames => SnmpFault.UnknownUser,
            _ when id == WrongDigests => SnmpFault.WrongPassword,
            _ when id == DecryptionErrors => SnmpFault.DecryptionFailed,
            _ when id == UnsupportedSecLevels || id == UnknownSecurityModels => SnmpFault.UnsupportedSecurityLevel,
            _ when id == UnknownContexts || id == UnavailableContexts || id == UnknownPduHandlers => SnmpFault.UnknownContext,
            _ => SnmpFault.Malformed,
        };
    }
}
