internal import Experiments

extension Labels {
  /// What people call a name of the field: a metric, a split, a fact about a run.
  ///
  /// A name that is in no table is shown as it is.
  func term(_ name: String) -> String {
    guard let entry = Self.terms[name] else { return name }
    return language == .zh ? entry.zh : entry.en
  }

  /// What a table or chart of a result is called: in some languages not what a count is called.
  func title(of name: String) -> String {
    let plain = Self.terms["\(name) (title)"].map { language == .zh ? $0.zh : $0.en }
    return (plain ?? term(name)).capitalizedFirst
  }

  private static let terms: [String: (en: String, zh: String)] = [
    // Splits.
    "train": ("train", "训练集"),
    "validation": ("validation", "验证集"),
    "test": ("test", "测试集"),
    "split": ("split", "划分"),
    // Metrics.
    "loss": ("loss", "损失"),
    "accuracy": ("accuracy", "准确率"),
    "precision": ("precision", "精确率"),
    "recall": ("recall", "召回率"),
    "f1": ("F1", "F1"),
    "micro_precision": ("micro precision", "微平均精确率"),
    "micro_recall": ("micro recall", "微平均召回率"),
    "micro_f1": ("micro F1", "微平均 F1"),
    "macro_precision": ("macro precision", "宏平均精确率"),
    "macro_recall": ("macro recall", "宏平均召回率"),
    "macro_f1": ("macro F1", "宏平均 F1"),
    "weighted_precision": ("weighted precision", "加权精确率"),
    "weighted_recall": ("weighted recall", "加权召回率"),
    "weighted_f1": ("weighted F1", "加权 F1"),
    "samples_precision": ("precision by row", "逐行平均精确率"),
    "samples_recall": ("recall by row", "逐行平均召回率"),
    "samples_f1": ("F1 by row", "逐行平均 F1"),
    "hamming_loss": ("Hamming loss", "汉明损失"),
    "true_positives": ("true positives", "真正例"),
    "false_positives": ("false positives", "假正例"),
    "false_negatives": ("false negatives", "假负例"),
    "true_negatives": ("true negatives", "真负例"),
    "confusion_matrix": ("confusion matrix", "混淆矩阵"),
    "mse": ("MSE", "均方误差"),
    "mae": ("MAE", "平均绝对误差"),
    "rmse": ("RMSE", "均方根误差"),
    "r2": ("R²", "R²"),
    "mlm_loss": ("masked-LM loss", "掩码语言模型损失"),
    "mlm_accuracy": ("masked-LM accuracy", "掩码词准确率"),
    "perplexity": ("perplexity", "困惑度"),
    "nsp_loss": ("next-sentence loss", "下一句预测损失"),
    "nsp_accuracy": ("next-sentence accuracy", "下一句预测准确率"),
    // Runs.
    "run": ("run", "实验"),
    "lr": ("learning rate", "学习率"),
    "learning_rate": ("learning rate", "学习率"),
    "epochs": ("epochs", "训练轮数"),
    "steps": ("steps", "训练步数"),
    "best_epoch": ("best epoch", "最佳轮次"),
    "best_step": ("best step", "最佳步"),
    "stopped_early": ("stopped early", "提前停止"),
    "parameters": ("parameters", "参数量"),
    "batch_size": ("batch size", "批大小"),
    "optimizer": ("optimizer", "优化器"),
    "schedule": ("schedule", "学习率调度"),
    "init": ("initialisation", "初始化"),
    // Texts and tokens.
    "documents": ("documents", "文档数"),
    "sentences": ("sentences", "句数"),
    "characters": ("characters", "字符数"),
    "tokenizer": ("tokenizer", "分词器"),
    "tokens": ("tokens", "词元数"),
    "tokens_per_sentence": ("tokens per sentence", "每句词元数"),
    "unknown_share": ("share of unknown tokens", "未知词元占比"),
    // Weights that are taken over.
    "weights": ("weights taken over and new", "沿用与新建的权重"),
    "part": ("part", "部分"),
    "tensors": ("tensors", "张量数"),
    "numbers": ("numbers", "数值个数"),
    "origin": ("origin", "来源"),
    "taken over": ("taken over", "沿用"),
    "new": ("new", "新建"),
    "left behind": ("left behind", "未用"),
    // Data and models.
    "samples": ("samples", "样本数"),
    "rows": ("rows", "行数"),
    "features": ("features", "特征数"),
    "features (title)": ("features", "特征"),
    "feature": ("feature", "特征"),
    "classes": ("classes", "类别数"),
    "class": ("class", "类别"),
    "classes (title)": ("classes", "类别"),
    "label": ("label", "标签"),
    "labels": ("labels", "标签数"),
    "labels_per_row": ("labels per row", "每行标签数"),
    "target": ("target", "目标"),
    "total": ("total", "合计"),
    "data": ("data", "数据"),
    "dataset": ("data set", "数据集"),
    "model": ("model", "模型"),
    "layer": ("layer", "层"),
    "input": ("input", "输入"),
    "output": ("output", "输出"),
    "shape": ("shape", "形状"),
    "in_features": ("inputs", "输入维度"),
    "out_features": ("outputs", "输出维度"),
    "value": ("value", "值"),
    "quantity": ("quantity", "量"),
    "name": ("name", "名称"),
    "metric": ("metric", "指标"),
    "mean": ("mean", "均值"),
    "std": ("std. dev.", "标准差"),
    "min": ("min", "最小值"),
    "max": ("max", "最大值"),
    "median": ("median", "中位数"),
    "seed": ("seed", "种子"),
    "seeds": ("seeds", "种子数"),
    "class_counts": ("classes by split", "各类样本数"),
    "comparison": ("comparison", "比较"),
    "histogram": ("distribution", "分布"),
    "summary": ("summary", "概要"),
    "step": ("step", "步"),
    "epoch": ("epoch", "轮"),
    "count": ("count", "数量"),
  ]
}
