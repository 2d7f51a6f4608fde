using System.Data.Common;

namespace Kiwire.Server.Sessions;

/// <summary>A record that a statement returned, by column; valid within the call that is shown it.</summary>
internal interface IStatementRow
{
    bool IsDBNull(int column);

    long GetInt64(int column);

    int GetInt32(int column);

    short GetInt16(int column);

    string GetString(int column);
}

/// <summary>The record at which an ADO.NET reader stands.</summary>
internal sealed class ReaderRow(DbDataReader reader) : IStatementRow
{
    public bool IsDBNull(int column) => reader.IsDBNull(column);

    public long GetInt64(int column) => reader.GetInt64(column);

    public int GetInt32(int column) => reader.GetInt32(column);

    public short GetInt16(int column) => reader.GetInt16(column);

    public string GetString(int column) => reader.GetString(column);
}
