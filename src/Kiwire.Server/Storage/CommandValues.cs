using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>Values of a statement that is kept prepared, see <see cref="WriteScope.Command"/>.</summary>
internal static class CommandValues
{
    /// <summary>Sets the parameters' values, in the order of their names; null is the database's.</summary>
    public static void SetValues(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
