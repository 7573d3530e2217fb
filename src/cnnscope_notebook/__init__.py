"""The page for a notebook and a shell: a network of one's own shown in a frame, or saved as a file.

    import cnnscope
    cnnscope.show(model, classes=["cat", "dog"], picture="cat.jpg")      # a frame in a notebook
    cnnscope.save(model, "lesson.html", classes=["cat", "dog"])          # one file, to double-click

``model`` is a ``torch.nn.Module``, a Keras model, an ONNX model, a state_dict, or the path of any
file that the page opens. Neither framework is needed for what it did not make.

It was tried in JupyterLab 4.6: a frame that holds the whole page, 13 MB for each ``show``, which
the notebook keeps when it is saved. VS Code and Colab were not tried: in VS Code all outputs of a
notebook are one web view, and Colab's maintainers name 10 MB as the most that an output may hold.
For both, ``save`` makes the same page as a file, which any browser opens.
"""

from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.frame import Frame
from cnnscope_notebook.show import save, show

__all__ = ["Frame", "ModelError", "save", "show"]
