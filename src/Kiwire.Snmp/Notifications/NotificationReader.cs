using System.Diagnostics.CodeAnalysis;
using System.Net;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Notifications;

/// <summary>Reads the PDUs of traps and informs.</summary>
internal static class NotificationReader
{
    private static readonly ObjectId s_sysUpTime = new(1, 3, 6, 1, 2, 1, 1, 3, 0);
    private static readonly ObjectId s_snmpTrapOid = new(1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0);
    private static readonly ObjectId s_snmpTraps = new(1, 3, 6, 1, 6, 3, 1, 1, 5);
    private static readonly ObjectId s_snmpTrapCommunity = new(1, 3, 6, 1, 6, 3, 18, 1, 4, 0);

    /// <summary>Reads the trap or inform of SNMPv2 and later: its first two objects are sysUpTime.0 and snmpTrapOID.0 (RFC 3416, 4.2.6).</summary>
    /// <param name="pdu">A Trap or InformRequest.</param>
    /// <param name="envelope">What is known of the notification already.</param>
    /// <param name="bindings">All of its bindings, for the answer.</param>
    /// <param name="notification">The notification.</param>
    public static bool TryRead(
        in PduView pdu, SnmpNotification envelope, out VariableBinding[] bindings, [NotNullWhen(true)] out SnmpNotification? notification)
    {
        notification = null;
        if (!BindingReader.TryRead(pdu.Bindings, [], out bindings, out _)
            || bindings.Length < 2
            || bindings[0].Id != s_sysUpTime || bindings[0].Value.Type != SnmpType.TimeTicks
            || bindings[1].Id != s_snmpTrapOid || bindings[1].Value.Type != SnmpType.ObjectIdentifier)
        {
            return false;
        }

        notification = envelope with
        {
            TrapId = bindings[1].Value.AsObjectId,
            UpTimeTicks = (uint)bindings[0].Value.AsUInt64,
            Bindings = [.. bindings.Skip(2).Where(static binding => binding.Id != s_snmpTrapCommunity)],
        };
        return true;
    }

    /// <summary>
    /// Reads the trap of SNMPv1 (RFC 1157, 4.1.6):
    /// <code>[4] { enterprise OBJECT IDENTIFIER, agent-addr IpAddress, generic-trap INTEGER, specific-trap INTEGER, time-stamp TimeTicks, SEQUENCE OF { name, value } }</code>
    /// </summary>
    public static bool TryReadV1(ReadOnlySpan<byte> octets, SnmpNotification envelope, [NotNullWhen(true)] out SnmpNotification? notification)
    {
        notification = null;
        BerReader message = new(octets);
        if (!message.TryRead((byte)PduType.TrapV1, out ReadOnlySpan<byte> content))
        {
            return false;
        }

        BerReader reader = new(content);
        Span<uint> enterprise = stackalloc uint[ObjectId.MaximumLength];
        if (!reader.TryRead((byte)SnmpType.ObjectIdentifier, out ReadOnlySpan<byte> name) || !BerReader.TryParseObjectId(name, enterprise, out int count)
            || !reader.TryRead((byte)SnmpType.IpAddress, out ReadOnlySpan<byte> address) || address.Length != 4
            || !reader.TryReadInt32(out int generic)
            || !reader.TryReadInt32(out int specific)
            || !reader.TryRead((byte)SnmpType.TimeTicks, out ReadOnlySpan<byte> ticks) || !BerReader.TryParseUnsigned(ticks, 32, out ulong upTime)
            || !reader.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> list) || !BindingReader.TryRead(list, [], out VariableBinding[] bindings, out _))
        {
            return false;
        }

        ObjectId enterpriseId = new(enterprise[..count]);
        if (generic is < 0 or > 6 || enterpriseId.Length > ObjectId.MaximumLength - 2)
        {
            return false;
        }

        notification = envelope with
        {
            // RFC 3584, 3.1: the six that all devices have follow each other; the others are below their enterprise.
            TrapId = generic < 6 ? s_snmpTraps.Append((uint)generic + 1) : enterpriseId.Append(0, (uint)specific),
            UpTimeTicks = (uint)upTime,
            Bindings = [.. bindings.Where(static binding => binding.Id != s_snmpTrapCommunity)],
            AgentAddress = new IPAddress(address),
            Enterprise = enterpriseId,
        };
        return true;
    }
}
