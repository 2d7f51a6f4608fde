using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>Parameters and values of statements that are run without a mapper, see <see cref="WriteScope.Command"/>.</summary>
internal static class CommandValues
{
    /// <summary>Adds a parameter for each name; the names are without the @.</summary>
    public static void AddParameters(this DbCommand command, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            DbParameter parameter = command.CreateParameter();

            // Under its whole name SQLite finds it at once; without the sign it is looked for in vain first.
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Sets the parameters' values, in the order of their names; null is the database's.</summary>
    public static void SetValues(this DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
