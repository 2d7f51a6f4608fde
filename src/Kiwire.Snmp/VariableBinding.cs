namespace Kiwire.Snmp;

/// <summary>An object and its value (RFC 3416, 2.1).</summary>
/// <param name="Id">Which instance of which object.</param>
/// <param name="Value">Its value, or why there is none.</param>
public readonly record struct VariableBinding(ObjectId Id, SnmpValue Value)
{
    /// <summary>As snmpget -On writes it.</summary>
    public override string ToString() => $".{Id} = {Value}";
}
